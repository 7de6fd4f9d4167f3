  const found = [{ pmcid: 'PMC1', license: 'CC BY', xml: '/files/PMC1.xml' }];
  const answer = { url: '', bytes: new Uint8Array(), text: () => '', json: () => found };
  const http = { get: async () => answer, signal: new AbortController().signal };
  for await (const { hits } of source.search?.({ text: 'cough' }, http) ?? []) {
    assert.deepEqual(hits, [{ pmcid: 'PMC1', pmid: null, doi: null }]);
  }
