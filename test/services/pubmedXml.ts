import { MONTHS } from './calendar.js';
import { escapeXml, proseOf } from './prose.js';
import type { WorldArticle } from './world.js';

/** A `<PubmedArticle>` as EFetch gives it, with its MeSH headings. */
export function pubmedOf(article: WorldArticle): string {
  const prose = proseOf(article);
  const [year, month, day] = article.date.split('-');
  const types = [['D016428', 'Journal Article'], ...(article.caseReport ? [['D002363', 'Case Reports']] : [])];
  const id = (type: string, value: string | null): string =>
    value === null ? '' : `<ArticleId IdType="${type}">${escapeXml(value)}</ArticleId>`;
  return (
    `<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM" IndexingMethod="Automated"><PMID Version="1">${article.pmid}</PMID>` +
    `<Article PubModel="Electronic"><Journal><JournalIssue CitedMedium="Internet"><PubDate><Year>${year}</Year><Month>${MONTHS[Number(month) - 1]}</Month></PubDate></JournalIssue><Title>${escapeXml(prose.journal)}</Title></Journal>` +
    `<ArticleTitle>${escapeXml(prose.title)}</ArticleTitle><Abstract><AbstractText>${escapeXml(prose.abstract)}</AbstractText></Abstract>` +
    `<Language>eng</Language><PublicationTypeList>${types.map(([ui, name]) => `<PublicationType UI="${ui}">${name}</PublicationType>`).join('')}</PublicationTypeList></Article>` +
    `<MeshHeadingList>${prose.mesh.map(({ ui, name, major }) => `<MeshHeading><DescriptorName UI="${ui}" MajorTopicYN="${major ? 'Y' : 'N'}">${escapeXml(name)}</DescriptorName></MeshHeading>`).join('')}</MeshHeadingList></MedlineCitation>` +
    `<PubmedData><History><PubMedPubDate PubStatus="entrez"><Year>${year}</Year><Month>${month}</Month><Day>${day}</Day></PubMedPubDate></History>` +
    `<ArticleIdList>${id('pubmed', article.pmid)}${id('pmc', article.pmcid)}${id('doi', article.doi)}</ArticleIdList></PubmedData></PubmedArticle>`
  );
}

export const pubmedSet = (articles: readonly WorldArticle[]): string =>
  `<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n${articles.map(pubmedOf).join('\n')}\n</PubmedArticleSet>\n`;
