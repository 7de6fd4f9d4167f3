import { childOf, childrenOf, attribute, rawText, type XmlElement } from '../../core/article/index.js';

export type Infons = Readonly<Record<string, string>>;

/** A document of a BioC collection, whichever syntax it came in. */
export interface BioCDocument {
  readonly id: string;
  readonly infons: Infons;
  readonly passages: readonly BioCPassage[];
}
export interface BioCPassage {
  readonly infons: Infons;
  readonly text: string;
}

/** A `<document>` element as a document. */
export function fromXml(element: XmlElement): BioCDocument {
  return {
    id: rawText(childOf(element, 'id')).trim(),
    infons: xmlInfons(element),
    passages: childrenOf(element, 'passage').map((held) => {
      const sentences = childrenOf(held, 'sentence').map((sentence) => rawText(childOf(sentence, 'text')));
      return passage(xmlInfons(held), rawText(childOf(held, 'text')), sentences);
    }),
  };
}

/** A parsed document object, or null where it is none. Fields of the wrong type are left out. */
export function fromJson(value: unknown): BioCDocument | null {
  if (!isObject(value) || !Array.isArray(value.passages)) return null;
  return {
    id: text(value.id),
    infons: jsonInfons(value.infons),
    passages: value.passages.filter(isObject).map((held) => {
      const sentences = Array.isArray(held.sentences) ? held.sentences.filter(isObject) : [];
      return passage(
        jsonInfons(held.infons),
        text(held.text),
        sentences.map((sentence) => text(sentence.text)),
      );
    }),
  };
}

/** Where a passage is cut into sentences its text stands in these. The line ends of a table part its rows. */
function passage(infons: Infons, own: string, sentences: readonly string[]): BioCPassage {
  const words = own !== '' ? own : sentences.join(' ');
  return { infons, text: infons.type === 'table' ? words.trim() : oneLine(words) };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** Line ends inside a passage come from indented XML; other spaces belong to the text. */
function oneLine(raw: string): string {
  if (!/[\r\n]/.test(raw)) return raw.trim();
  const lines = raw.split(/[\r\n]+/).map((line) => line.trim());
  return lines.join(' ').trim();
}

function jsonInfons(value: unknown): Infons {
  const infons: Record<string, string> = {};
  if (isObject(value)) for (const [key, held] of Object.entries(value)) infons[key] = text(held);
  return infons;
}

function xmlInfons(element: XmlElement): Infons {
  const infons: Record<string, string> = {};
  for (const infon of childrenOf(element, 'infon')) {
    const key = attribute(infon, 'key');
    if (key) infons[key] = rawText(infon).replace(/\s+/g, ' ').trim();
  }
  return infons;
}
