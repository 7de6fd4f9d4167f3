import { InlineText, attribute, isElement, rawText, type XmlElement, type XmlNode } from '../../core/article/index.js';

/** Elements whose content is no running text, or is read as something of its own. */
const LEFT_OUT = new Set([
  'fn',
  'fn-group',
  'fig',
  'fig-group',
  'table-wrap',
  'table-wrap-group',
  'table-wrap-foot',
  'supplementary-material',
  'inline-graphic',
  'graphic',
  'media',
  'object-id',
  'permissions',
  'attrib',
  'index-term',
  'indexterm',
  'glyph-data',
  'counts',
  'comment',
]);
/** Elements that stand on lines of their own. */
export const BLOCKS = new Set([
  'p',
  'title',
  'sec',
  'list',
  'list-item',
  'def-list',
  'def-item',
  'disp-quote',
  'disp-formula',
  'disp-formula-group',
  'boxed-text',
  'verse-group',
  'verse-line',
  'speech',
  'statement',
  'preformat',
  'code',
  'array',
]);
const REFERENCES: Readonly<Record<string, 'figure' | 'table'>> = { fig: 'figure', figure: 'figure', table: 'table' };

/** Adds the running text of `nodes`; blocks are set apart by line ends. */
export function appendInline(to: InlineText, nodes: readonly XmlNode[]): void {
  for (const node of nodes) {
    if (isElement(node)) appendElement(to, node);
    else to.append(node);
  }
}

/** The text of an element with its markup and references. */
export function inlineOf(element: XmlElement | null): ReturnType<InlineText['finish']> {
  const text = new InlineText();
  if (element) appendInline(text, element.children);
  return text.finish();
}

/** The text of an element on one line, without footnote marks; null where there is none. */
export function lineOf(element: XmlElement | null): string | null {
  return inlineOf(element).text.replace(/\n/g, ' ') || null;
}

function appendElement(to: InlineText, element: XmlElement): void {
  const { name, children } = element;
  if (LEFT_OUT.has(name)) return;
  switch (name) {
    case 'bold':
    case 'b':
    case 'italic':
    case 'i': {
      const from = to.length;
      appendInline(to, children);
      to.mark(name.startsWith('b') ? 'bold' : 'italic', from);
      return;
    }
    case 'xref':
      appendReference(to, element);
      return;
    case 'sup':
      if (isCitation(element)) appendCitation(to, element);
      else appendInline(to, children);
      return;
    case 'break':
      to.append(' ');
      return;
    case 'label':
    case 'term':
      appendInline(to, children);
      if (name === 'term') to.append(':');
      to.join();
      return;
    case 'alternatives':
      appendInline(to, [bestAlternative(element)]);
      return;
    case 'tex-math':
      to.append(texOf(element));
      return;
    case 'math':
      to.append(mathOf(element));
      return;
    default:
      if (!BLOCKS.has(name)) {
        appendInline(to, children);
        return;
      }
      to.newline();
      appendInline(to, children);
      to.newline();
  }
}

function appendReference(to: InlineText, xref: XmlElement): void {
  const type = attribute(xref, 'ref-type');
  if (type === 'fn' || type === 'table-fn' || type === 'author-notes' || type === 'corresp') return;
  if (type === 'bibr' && isRaised(xref)) {
    appendCitation(to, xref);
    return;
  }
  const from = to.length;
  appendInline(to, xref.children);
  for (const id of (attribute(xref, 'rid') ?? '').split(/\s+/)) if (id) to.refer(id, from, REFERENCES[type ?? '']);
}

/** Whether a superscript holds nothing but the numbers of cited works. */
function isCitation(sup: XmlElement): boolean {
  let cited = false;
  for (const node of sup.children) {
    if (isElement(node)) {
      if (node.name !== 'xref' || attribute(node, 'ref-type') !== 'bibr') return false;
      cited = true;
    } else if (/[^\d\s,;–—-]/.test(node)) return false;
  }
  return cited;
}

const isRaised = (xref: XmlElement): boolean =>
  xref.children.length > 0 && xref.children.every((node) => isElement(node) && node.name === 'sup');

/** Raised citation numbers would run into the word before them (`carcinoma12`): they are set as ` [12]`. */
function appendCitation(to: InlineText, element: XmlElement): void {
  const numbers = rawText(element).replace(/\s+/g, '');
  if (numbers === '') return;
  if (to.length > 0 && !/[\s([]/.test(to.last)) to.append(' ');
  to.append(/^\[.*\]$/.test(numbers) ? numbers : `[${numbers}]`);
}

const PREFERRED = ['math', 'textual-form', 'tex-math', 'preformat'];

function bestAlternative(element: XmlElement): XmlNode {
  for (const name of PREFERRED) {
    const found = element.children.find((node) => isElement(node) && node.name === name);
    if (found) return found;
  }
  return '';
}

function texOf(element: XmlElement): string {
  const tex = rawText(element);
  const body = /\\begin\{document\}([^]*)\\end\{document\}/.exec(tex)?.[1] ?? tex;
  return body.replace(/^[\s$]+|[\s$]+$/g, '');
}

/** A formula on one line: fractions with a stroke, the rest as it is read. */
function mathOf(element: XmlElement): string {
  const parts = element.children.map((node) => (isElement(node) ? mathOf(node) : node.trim()));
  if (element.name === 'mspace') return ' ';
  if (element.name === 'mfenced') {
    const [open, close] = [attribute(element, 'open') ?? '(', attribute(element, 'close') ?? ')'];
    return `${open}${parts.filter(Boolean).join(',')}${close}`;
  }
  return parts.join(element.name === 'mfrac' ? '/' : '');
}
