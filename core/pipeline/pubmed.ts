import {
  attribute,
  childOf,
  childrenOf,
  doi,
  languageCode,
  plainText,
  pmcid,
  pmid,
  xmlUnits,
  type Article,
  type XmlElement,
} from '../article/index.js';
import { openArticle } from './openArticle.js';
import { UsageError } from './usageError.js';

/** What PubMed knows of an article and its own file does not. */
export interface PubmedRecord {
  readonly pmid: string | null;
  readonly pmcid: string | null;
  readonly doi: string | null;
  /** Names of descriptors, in PubMed's order. */
  readonly mesh_terms: readonly string[];
  /** Those that are, or have a qualifier that is, a major topic. */
  readonly major_mesh_terms: readonly string[];
  readonly publication_types: readonly string[];
  readonly keywords: readonly string[];
  readonly journal: string | null;
  readonly year: number | null;
  readonly language: string | null;
}

/** Records of PubMed, found by PMID, PMCID or DOI. */
export class PubmedIndex {
  private readonly byId = new Map<string, PubmedRecord>();
  /** Number of records. */
  size = 0;

  add(record: PubmedRecord): void {
    this.size++;
    for (const key of keysOf(record)) this.byId.set(key, record);
  }

  /** The record of an article: by PMID, else by PMCID, else by DOI. */
  find(article: Pick<Article, 'pmid' | 'pmcid' | 'doi'>): PubmedRecord | undefined {
    for (const key of keysOf(article)) {
      const record = this.byId.get(key);
      if (record) return record;
    }
    return undefined;
  }
}

const keysOf = (ids: Pick<Article, 'pmid' | 'pmcid' | 'doi'>): string[] => [
  ...(ids.pmid ? [`pmid ${ids.pmid}`] : []),
  ...(ids.pmcid ? [ids.pmcid] : []),
  ...(ids.doi ? [`doi ${ids.doi.toLowerCase()}`] : []),
];

const OPTIONS = {
  units: new Set(['PubmedArticle', 'MedlineCitation']),
  skip: new Set(['ReferenceList', 'CommentsCorrectionsList', 'Abstract', 'AuthorList', 'ChemicalList', 'GrantList']),
};

/**
 * Reads PubMed XML as E-utilities and the yearly baseline give it, gzipped or not. Of two records of one article the
 * later one stands.
 *
 * @throws UsageError naming the file where one cannot be read
 */
export async function readPubmed(files: readonly string[]): Promise<PubmedIndex> {
  const index = new PubmedIndex();
  for (const file of files) {
    const opened = await openArticle(file).catch((error: unknown) => {
      throw new UsageError(`the metadata file ${file} cannot be opened`, { cause: error });
    });
    try {
      for await (const { element } of xmlUnits(opened.source.chunks, OPTIONS)) index.add(recordOf(element));
    } catch (error) {
      throw new UsageError(`the metadata file ${file} is no PubMed XML: ${(error as Error).message}`, { cause: error });
    } finally {
      opened.close();
    }
  }
  return index;
}

/** The article with PubMed's MeSH terms and publication types; of other fields only those that it lacks. */
export function joinPubmed(article: Article, index: PubmedIndex): Article {
  const record = index.find(article);
  if (!record) return article;
  return {
    ...article,
    pmid: article.pmid ?? record.pmid,
    pmcid: article.pmcid ?? record.pmcid,
    doi: article.doi ?? record.doi,
    journal: article.journal ?? record.journal,
    year: article.year ?? record.year,
    language: article.language ?? record.language,
    keywords: article.keywords.length > 0 ? article.keywords : record.keywords,
    mesh_terms: record.mesh_terms.length > 0 ? record.mesh_terms : article.mesh_terms,
    major_mesh_terms: record.major_mesh_terms,
    publication_types: record.publication_types,
  };
}

function recordOf(element: XmlElement): PubmedRecord {
  const citation = element.name === 'MedlineCitation' ? element : childOf(element, 'MedlineCitation');
  const article = childOf(citation, 'Article');
  const journal = childOf(article, 'Journal');
  const date = childOf(journal, 'JournalIssue', 'PubDate');
  const year = /\b(?:18|19|20)\d\d\b/.exec(
    plainText(childOf(date, 'Year')) ?? plainText(childOf(date, 'MedlineDate')) ?? '',
  );
  const ids = childrenOf(childOf(element, 'PubmedData', 'ArticleIdList'), 'ArticleId');
  const id = (type: string): string | null => plainText(ids.find((held) => attribute(held, 'IdType') === type));
  const location = childrenOf(article, 'ELocationID').find((held) => attribute(held, 'EIdType') === 'doi');
  const headings = childrenOf(childOf(citation, 'MeshHeadingList'), 'MeshHeading');
  const name = (heading: XmlElement): string | [] => plainText(childOf(heading, 'DescriptorName')) ?? [];
  return {
    pmid: pmid(plainText(childOf(citation, 'PMID')) ?? id('pubmed')),
    pmcid: pmcid(id('pmc')),
    doi: doi(id('doi') ?? plainText(location)),
    mesh_terms: headings.flatMap(name),
    major_mesh_terms: headings.filter(isMajor).flatMap(name),
    publication_types: childrenOf(childOf(article, 'PublicationTypeList'), 'PublicationType').flatMap(
      (type) => plainText(type) ?? [],
    ),
    keywords: childrenOf(citation, 'KeywordList')
      .flatMap((list) => childrenOf(list, 'Keyword'))
      .flatMap((word) => plainText(word) ?? []),
    journal: plainText(childOf(journal, 'Title')) ?? plainText(childOf(journal, 'ISOAbbreviation')),
    year: year ? Number(year[0]) : null,
    language: languageCode(plainText(childOf(article, 'Language'))),
  };
}

const isMajor = (heading: XmlElement): boolean =>
  childrenOf(heading).some((part) => attribute(part, 'MajorTopicYN') === 'Y');
