import { attribute, childOf, childrenOf, pmcid, rawText, xmlUnits, type XmlElement } from '../article/index.js';
import type { SourceText } from '../plugin/contract.js';
import { SourceError } from '../plugin/sourceError.js';

/** What the core wants to know of a full text before it keeps it. */
export interface CheckedText {
  /** Names of figure files as the text gives them, without repetition. */
  readonly figures: readonly string[];
}

const JATS = {
  units: new Set(['article']),
  skip: new Set(['ref-list', 'table-wrap', 'math', 'tex-math', 'contrib-group', 'aff']),
};
const BIOC = { units: new Set(['document']), skip: new Set(['annotation', 'relation']) };

/**
 * Looks at a full text: that it can be read, is the article that was asked for, and has a body with words in it.
 * Metadata without a body comes with status 200 from services that may not give the text.
 *
 * @throws SourceError `not-well-formed`, `unsafe`, `wrong-article`, `no-body`
 */
export async function checkText({ format, bytes, url }: SourceText, wanted: string): Promise<CheckedText> {
  try {
    if (format === 'jats') return await checkJats(bytes, wanted, url);
    if (format === 'bioc-xml') return checkBioc(await bioCXml(bytes), wanted, url);
    return checkBioc(bioCJson(bytes), wanted, url);
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const { message } = error as Error;
    // The reader's own refusals: entities that grow, nesting without end, texts without end.
    const unsafe = /entities of its own|nested more than|which no article/.test(message);
    throw new SourceError(unsafe ? 'unsafe' : 'not-well-formed', `${url}: ${message}`, { cause: error });
  }
}

async function checkJats(bytes: Uint8Array, wanted: string, url: string): Promise<CheckedText> {
  let seen: string | null = null;
  for await (const { element } of xmlUnits(once(bytes), JATS)) {
    const id = jatsId(element);
    seen = id ?? seen;
    if (id !== null && id !== wanted) continue;
    const body = childOf(element, 'body');
    if (body === null || !hasWords(body)) throw new SourceError('no-body', `${url} gives ${wanted} without a body`);
    return { figures: [...new Set(graphics(element, false))] };
  }
  throw new SourceError('wrong-article', `${url} gives ${seen ?? 'nothing'} where ${wanted} was asked for`);
}

/** The PMCID that an article states. Old files write it without letters, new ones in two ways. */
function jatsId(article: XmlElement): string | null {
  for (const id of childrenOf(childOf(article, 'front', 'article-meta'), 'article-id')) {
    const type = attribute(id, 'pub-id-type');
    if (type === 'pmc' || type === 'pmcid') return pmcid(rawText(id));
  }
  return null;
}

function* graphics(element: XmlElement, inFigure: boolean): Generator<string> {
  for (const child of childrenOf(element)) {
    if (inFigure && child.name === 'graphic') {
      const name = attribute(child, 'href');
      if (name) yield name;
    }
    yield* graphics(child, inFigure || child.name === 'fig');
  }
}

function hasWords(element: XmlElement): boolean {
  return element.children.some((child) => (typeof child === 'string' ? /[\p{L}\p{N}]/u.test(child) : hasWords(child)));
}

interface BioCText {
  readonly id: string | null;
  readonly passages: readonly { readonly section: string; readonly file: string | null; readonly text: string }[];
}

/** Sections of BioC that are not the article's own words. */
const APART: ReadonlySet<string> = new Set(['TITLE', 'ABSTRACT', 'REF', 'AUTH_CONT', 'COMP_INT', 'ACK_FUND']);

function checkBioc(documents: readonly BioCText[], wanted: string, url: string): CheckedText {
  const found =
    documents.find(({ id }) => id === null || id === wanted) ?? documents.find(({ id }) => !/^PMC/.test(id ?? ''));
  if (found === undefined)
    throw new SourceError(
      'wrong-article',
      `${url} gives ${documents[0]?.id ?? 'nothing'} where ${wanted} was asked for`,
    );
  if (!found.passages.some(({ section, text }) => !APART.has(section) && text.trim() !== '')) {
    throw new SourceError('no-body', `${url} gives ${wanted} without a body`);
  }
  return { figures: [...new Set(found.passages.flatMap(({ file }) => file ?? []))] };
}

async function bioCXml(bytes: Uint8Array): Promise<BioCText[]> {
  const documents: BioCText[] = [];
  for await (const { element } of xmlUnits(once(bytes), BIOC)) {
    const passages = childrenOf(element, 'passage').map((passage) => {
      const infon = (key: string): string | null => {
        const held = childrenOf(passage, 'infon').find((one) => attribute(one, 'key') === key);
        return held ? rawText(held) : null;
      };
      return { section: infon('section_type') ?? '', file: infon('file'), text: rawText(childOf(passage, 'text')) };
    });
    documents.push({ id: pmcid(rawText(childOf(element, 'id'))), passages });
  }
  return documents;
}

function bioCJson(bytes: Uint8Array): BioCText[] {
  const value = JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  const collections = Array.isArray(value) ? (value as unknown[]) : [value];
  return collections.flatMap((collection) =>
    listOf(fieldOf(collection, 'documents')).map((document): BioCText => {
      const id = fieldOf(document, 'id');
      const passages = listOf(fieldOf(document, 'passages')).map((passage) => {
        const infons = fieldOf(passage, 'infons');
        return {
          section: stringOf(fieldOf(infons, 'section_type')) ?? '',
          file: stringOf(fieldOf(infons, 'file')),
          text: stringOf(fieldOf(passage, 'text')) ?? '',
        };
      });
      return { id: pmcid(typeof id === 'number' ? String(id) : stringOf(id)), passages };
    }),
  );
}

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const stringOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
