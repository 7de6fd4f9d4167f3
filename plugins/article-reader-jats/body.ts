import {
  InlineText,
  attribute,
  childOf,
  isElement,
  type FloatTargets,
  type Paragraph,
  type Section,
  type XmlElement,
} from '../../core/article/index.js';
import { BLOCKS, appendInline, inlineOf, lineOf } from './inline.js';

/** What is heading or float, and so no paragraph of a section. */
const NOT_TEXT = new Set([
  'title',
  'label',
  'sec-meta',
  'fig',
  'fig-group',
  'table-wrap',
  'table-wrap-group',
  'graphic',
  'media',
]);
const LEFT_OUT = new Set([
  'supplementary-material',
  'fn-group',
  'permissions',
  'object-id',
  'attrib',
  'ack',
  'bio',
  'ref-list',
]);
const SECTIONS = new Set(['sec', 'app', 'boxed-text', 'notes']);

/** The sections of a body; paragraphs that stand outside of one are a section without a title. */
export function sectionsOf(body: XmlElement | null, targets: FloatTargets): Section[] {
  if (!body) return [];
  const whole = sectionOf(body, targets);
  const loose: Section[] =
    whole.paragraphs.length > 0 ? [{ title: null, type: null, paragraphs: whole.paragraphs, sections: [] }] : [];
  return [...loose, ...whole.sections];
}

/** The appendices and other sections behind the body; thanks, notes on authors and references are left out. */
export function backSectionsOf(back: XmlElement | null, targets: FloatTargets): Section[] {
  const sections: Section[] = [];
  for (const node of back?.children ?? []) {
    if (!isElement(node)) continue;
    if (node.name === 'app-group') sections.push(...backSectionsOf(node, targets));
    else if (SECTIONS.has(node.name)) {
      const section = sectionOf(node, targets);
      sections.push({ ...section, type: section.type ?? 'back' });
    }
  }
  return sections.filter((section) => section.paragraphs.length > 0 || section.sections.length > 0);
}

function sectionOf(element: XmlElement, targets: FloatTargets): Section {
  const paragraphs: Paragraph[] = [];
  const sections: Section[] = [];
  // Text behind a sub-section keeps its place as a section without a title.
  const into = (): Paragraph[] => {
    if (sections.length === 0) return paragraphs;
    const last = sections[sections.length - 1];
    if (last.title === null && last.type === null) return last.paragraphs as Paragraph[];
    const added: Paragraph[] = [];
    sections.push({ title: null, type: null, paragraphs: added, sections: [] });
    return added;
  };
  for (const node of element.children) {
    if (!isElement(node) || NOT_TEXT.has(node.name) || LEFT_OUT.has(node.name)) continue;
    if (SECTIONS.has(node.name)) sections.push(sectionOf(node, targets));
    else if (node.name !== 'caption') readBlock(node, { into, sections, targets });
  }
  return { title: titleOf(element), type: typeOf(element), paragraphs, sections };
}

/** Where the paragraphs and boxes of a block go. */
interface Place {
  into(): Paragraph[];
  readonly sections: Section[];
  readonly targets: FloatTargets;
}

/** The paragraphs of a block: a list gives one for each item, a paragraph with blocks inside one for each part. */
function readBlock(block: XmlElement, place: Place): void {
  if (!BLOCKS.has(block.name)) {
    addParagraph(block, place);
    return;
  }
  let loose = new InlineText(place.targets);
  const flush = (): void => {
    pushParagraph(loose, place);
    loose = new InlineText(place.targets);
  };
  for (const node of block.children) {
    if (!isElement(node)) loose.append(node);
    else if (node.name === 'boxed-text') {
      flush();
      place.sections.push(sectionOf(node, place.targets));
    } else if (node.name === 'list-item' || node.name === 'def-item') {
      flush();
      addParagraph(node, place);
    } else if (BLOCKS.has(node.name)) {
      flush();
      readBlock(node, place);
    } else appendInline(loose, [node]);
  }
  flush();
}

function addParagraph(element: XmlElement, place: Place): void {
  const text = new InlineText(place.targets);
  appendInline(text, element.children);
  pushParagraph(text, place);
}

function pushParagraph(text: InlineText, place: Place): void {
  const { text: words, references } = text.finish();
  if (words !== '') place.into().push({ text: words, references });
}

function titleOf(element: XmlElement): string | null {
  const title = childOf(element, 'title') ?? childOf(element, 'caption', 'title');
  return [lineOf(childOf(element, 'label')), lineOf(title)].filter(Boolean).join(' ') || null;
}

const TYPE_OF_ELEMENT: Readonly<Record<string, string>> = { app: 'appendix', 'boxed-text': 'boxed-text' };

/** What a section is for, as the publisher says; what an element is, where he does not. */ function typeOf(
  element: XmlElement,
): string | null {
  return (
    attribute(element, element.name === 'notes' ? 'notes-type' : 'sec-type')?.toLowerCase() ||
    TYPE_OF_ELEMENT[element.name] ||
    null
  );
}

/** An abstract as one text: a line for each paragraph, `Title: text` where it has sections. */
export function abstractText(abstract: XmlElement | null): string | null {
  if (!abstract) return null;
  const lines: string[] = [];
  const read = (element: XmlElement, heading: string | null): void => {
    let before = heading;
    for (const node of element.children) {
      if (!isElement(node) || NOT_TEXT.has(node.name)) continue;
      if (node.name === 'sec') {
        read(node, titleOf(node));
        continue;
      }
      const { text } = inlineOf(node);
      if (text === '') continue;
      lines.push(before === null ? text : `${before.replace(/[.:]\s*$/, '')}: ${text}`);
      before = null;
    }
  };
  read(abstract, null);
  return lines.join('\n') || null;
}
