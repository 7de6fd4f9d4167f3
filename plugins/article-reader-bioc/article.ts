import {
  articleId,
  doi,
  languageCode,
  pmcid,
  pmid,
  type Article,
  type Author,
  type Figure,
  type FloatLabel,
  type LicenseEvidence,
  type LicenseReading,
  type Table,
} from '../../core/article/index.js';
import type { BioCDocument, BioCPassage, Infons } from './document.js';
import { isAbstract, isFigure, isTable, kindOf, sectionOf } from './passage.js';
import { sectionsOf } from './sections.js';

export interface Tools {
  license(evidence: LicenseEvidence): LicenseReading;
  floatLabel(text: string): FloatLabel | null;
}

/** What the collection says of all its documents. */
export interface Collection {
  readonly source: string | null;
}

/** An article from a document; `index` counts the documents of the file. */
export function readArticle(
  document: BioCDocument,
  collection: Collection,
  file: string,
  index: number,
  tools: Tools,
): Article {
  const { passages } = document;
  const front = frontOf(document);
  const ids = idsOf(document, front, collection);
  const figures = figuresOf(passages, tools);
  const { license, unknown } = tools.license(licenseEvidence(document));
  const journal = front.journal ?? front.journal_title ?? null;
  return {
    article_id: articleId(ids, file, index),
    file,
    language: languageCode(front.language ?? front.lang),
    article_type: (front['article-type'] ?? front.article_type ?? front.type_of_article ?? null)?.toLowerCase() ?? null,
    ...ids,
    title: titleOf(passages),
    // PubTator writes `Journal;2021;5(3)1-9. doi:...`.
    journal: journal?.split(';')[0].trim() || null,
    year: yearOf(front),
    published: yearOf(front)?.toString() ?? null,
    license,
    authors: authorsOf(front),
    keywords: keywordsOf(front),
    mesh_terms: [],
    publication_types: [],
    abstract: abstractOf(passages),
    sections: sectionsOf(passages),
    figures,
    tables: tablesOf(passages),
    warnings: unknown === null ? [] : [`The licence is not understood: “${unknown.slice(0, 200)}”.`],
  };
}

/** Infons of the document and of its first passages about the article, the first word on each. */
function frontOf({ infons, passages }: BioCDocument): Partial<Infons> {
  const about = passages.filter((passage) => kindOf(passage) === 'front' || sectionOf(passage) === 'title');
  return Object.assign(
    {},
    ...[passages[0], ...about, { infons }]
      .filter(Boolean)
      .map((held) => held.infons)
      .reverse(),
  ) as Infons;
}

function idsOf(
  { id }: BioCDocument,
  front: Partial<Infons>,
  { source }: Collection,
): { pmcid: string | null; pmid: string | null; doi: string | null } {
  const fromPmc = /^(?:pmc|bioc-api)$/i.test(source ?? '');
  const bare = /^\d+$/.test(id);
  return {
    pmcid:
      pmcid(front['article-id_pmc'] ?? front['article-id_pmcid'] ?? front.pmcid) ??
      (!bare || fromPmc ? pmcid(id) : null),
    pmid: pmid(front['article-id_pmid'] ?? front.pmid) ?? (bare && /pubmed|medline/i.test(source ?? '') ? id : null),
    doi: doi(front['article-id_doi'] ?? front.doi) ?? doi(id),
  };
}

function titleOf(passages: readonly BioCPassage[]): string | null {
  const title =
    passages.find((passage) => kindOf(passage) === 'front' && passage.text !== '') ??
    passages.find((passage) => sectionOf(passage) === 'title' && passage.text !== '') ??
    (kindOf(passages[0] ?? { infons: {}, text: '' }) === 'title' ? passages[0] : undefined);
  return title?.text || null;
}

const yearOf = (front: Partial<Infons>): number | null => {
  const year =
    /\b(?:19|20)\d\d\b/.exec(front.year ?? front.date ?? '')?.[0] ??
    /;\s*((?:19|20)\d\d)\b/.exec(front.journal ?? '')?.[1];
  return year ? Number(year) : null;
};

/** `name_0` is `surname:Ito;given-names:Ken`; PubTator has `authors`, comma by comma. */
function authorsOf(front: Partial<Infons>): Author[] {
  const named = Object.keys(front)
    .filter((key) => /^name_\d+$/.test(key))
    .sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)))
    .flatMap((key) => {
      const parts = new Map(
        (front[key] ?? '')
          .split(';')
          .map((part) => [part.split(':')[0].trim(), part.slice(part.indexOf(':') + 1).trim()]),
      );
      const surname = parts.get('surname') ?? (front[key]?.includes(':') ? undefined : front[key]);
      return surname ? [{ surname, given_names: parts.get('given-names') ?? null, orcid: null, affiliations: [] }] : [];
    });
  if (named.length > 0 || !front.authors) return named;
  return front.authors
    .split(/\s*[,;]\s*/)
    .filter(Boolean)
    .map((whole) => {
      const [, surname, initials] = /^(.+?)\s+(\p{Lu}{1,4})$/u.exec(whole) ?? [null, whole, null];
      return { surname, given_names: initials, orcid: null, affiliations: [] };
    });
}

/** PMC joins the keywords into one infon; without a mark between them they cannot be told apart, and stay one. */
function keywordsOf(front: Partial<Infons>): string[] {
  const joined = front.kwd ?? front.keywords ?? '';
  return [
    ...new Set(
      joined
        .split(/\s*[;,\n|]\s*/)
        .map((word) => word.trim())
        .filter(Boolean),
    ),
  ];
}

function licenseEvidence({ infons, passages }: BioCDocument): LicenseEvidence {
  const stated = [infons, ...passages.map((passage) => passage.infons)].flatMap((held) => held.license || []);
  const codes = stated.filter((statement) => statement.length <= 20);
  return { addresses: [], codes, texts: stated.filter((statement) => statement.length > 20) };
}

function abstractOf(passages: readonly BioCPassage[]): string | null {
  const lines: string[] = [];
  let heading: string | null = null;
  for (const passage of passages) {
    if (!isAbstract(passage) || passage.text === '') continue;
    if (kindOf(passage).includes('title')) heading = passage.text.replace(/[.:]\s*$/, '');
    else {
      lines.push(heading === null ? passage.text : `${heading}: ${passage.text}`);
      heading = null;
    }
  }
  return lines.join('\n') || null;
}

/** Passages of one figure (its title, its caption) have one id and follow one another. */
function groups(passages: readonly BioCPassage[], wanted: (passage: BioCPassage) => boolean): BioCPassage[][] {
  const found: BioCPassage[][] = [];
  let last = '';
  for (const passage of passages) {
    if (!wanted(passage)) {
      last = '';
      continue;
    }
    const key = passage.infons.id || passage.infons.file || '';
    if (key !== '' && key === last) found[found.length - 1].push(passage);
    else found.push([passage]);
    last = key;
  }
  return found;
}

function figuresOf(passages: readonly BioCPassage[], tools: Tools): Figure[] {
  const taken = new Set<string>();
  return groups(passages, isFigure).map((group, i) => {
    const { id, file } = group[0].infons;
    const caption = group
      .map((passage) => passage.text)
      .filter(Boolean)
      .join('\n');
    const printed = tools.floatLabel(caption);
    return {
      figure_id: free(id || `figure-${i + 1}`, taken),
      label: printed?.kind === 'figure' ? printed.label : labelFromId(id, i),
      caption,
      markup: [],
      file:
        (file || group.find((passage) => passage.infons.file)?.infons.file)?.replace(/^.*[\\/](?=[^\\/])/, '') ?? null,
    };
  });
}

/** BioC leaves labels out. An id that ends in the figure's place (`F2` as the second) is taken as `Figure 2`. */
function labelFromId(id: string | undefined, index: number): string | null {
  const number = /^(?!.*supp)[^\d]*0*(\d+)$/i.exec(id ?? '')?.[1];
  return number === String(index + 1) ? `Figure ${number}` : null;
}

function tablesOf(passages: readonly BioCPassage[]): Table[] {
  const taken = new Set<string>();
  return groups(passages, isTable).map((group, i) => {
    const cells = group.filter((passage) => kindOf(passage) === 'table');
    const words = group.filter((passage) => kindOf(passage).includes('caption') || kindOf(passage).includes('title'));
    return {
      table_id: free(group[0].infons.id || `table-${i + 1}`, taken),
      label: null,
      caption: words.map((passage) => passage.text).join('\n'),
      rows: cells.flatMap((passage) => rowsOf(passage.text)),
    };
  });
}

/** Cells are set apart by tabs; PMC ends a row with an empty cell, others with a line end. */
const rowsOf = (text: string): string[][] =>
  text
    .split(/\t \t|[ \t]*\r?\n/)
    .map((row) => row.split('\t').map((cell) => cell.trim()))
    .filter((row) => row.some(Boolean));

function free(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`;
  taken.add(id);
  return id;
}
