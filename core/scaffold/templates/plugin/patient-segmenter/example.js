  const section = (/** @type {string} */ text) => ({ title: null, type: null, sections: [], paragraphs: [{ text, references: [] }] });
  const article = {
    article_id: 'PMC1', file: 'PMC1.xml', language: 'en', article_type: null, pmcid: 'PMC1', pmid: null, doi: null, title: null,
    journal: null, year: null, license: null, authors: [], keywords: [], mesh_terms: [], publication_types: [], abstract: null,
    sections: [section('This disease is rare.'), section('A man came with a cough.')], figures: [], tables: [],
  };
  const { cases } = segmenter.segment(article);
  assert.deepEqual(cases.map(({ case_id, text }) => [case_id, text]), [['PMC1_01', 'A man came with a cough.']]);
