import {
  InlineText,
  attribute,
  childOf,
  childrenOf,
  descendantsOf,
  isElement,
  type Figure,
  type FloatLabel,
  type FloatTarget,
  type FloatTargets,
  type Table,
  type XmlElement,
} from '../../core/article/index.js';
import { appendInline, lineOf } from './inline.js';

export type ReadLabel = (text: string) => FloatLabel | null;

/** The figures of an article in the order of the file, those of groups, boxes, appendices and the floats group too. */
export function figuresOf(article: XmlElement, language: string | null, readLabel: ReadLabel): Figure[] {
  const figures: Figure[] = [];
  const ids = new Set<string>();
  const visit = (element: XmlElement, group: XmlElement | null): void => {
    for (const node of element.children) {
      if (!isElement(node)) continue;
      if (node.name === 'fig')
        figures.push(figureOf(node, group, language, freeId(node, ids, figures.length), readLabel));
      visit(node, node.name === 'fig-group' ? node : group);
    }
  };
  visit(article, null);
  return figures;
}

/** What the ids of the floats stand for, so that a reference to one is known whatever it says of itself. */
export function targetsOf(article: XmlElement): FloatTargets {
  const targets = new Map<string, FloatTarget>();
  const add = (name: string, kind: FloatTarget['kind'], members?: string): void => {
    for (const element of descendantsOf(article, name)) {
      const id = attribute(element, 'id');
      const ids = members ? descendantsOf(element, members).flatMap((held) => attribute(held, 'id') ?? []) : [id];
      if (id && ids.length > 0 && !targets.has(id)) targets.set(id, { kind, ids: ids as string[] });
    }
  };
  add('fig', 'figure');
  add('fig-group', 'figure', 'fig');
  add('table-wrap', 'table');
  add('table-wrap-group', 'table', 'table-wrap');
  return targets;
}

function figureOf(
  fig: XmlElement,
  group: XmlElement | null,
  language: string | null,
  figure_id: string,
  readLabel: ReadLabel,
): Figure {
  // A figure of a group may leave label and caption to the group.
  const own = captionOf(fig, language);
  const { text: caption, markup } = own.text !== '' || !group ? own : captionOf(group, language);
  const label = lineOf(childOf(fig, 'label')) ?? lineOf(childOf(group, 'label'));
  const files = filesOf(fig);
  return {
    figure_id,
    label: label ?? printedLabel(caption, readLabel),
    caption,
    markup,
    file: files[0] ?? null,
    ...(files.length > 1 ? { files } : {}),
  };
}

function printedLabel(caption: string, readLabel: ReadLabel): string | null {
  const label = readLabel(caption);
  return label?.kind === 'figure' ? label.label : null;
}

/** Title and paragraphs of a caption, a line each. Of captions in several languages, the article's. */
function captionOf(element: XmlElement, language: string | null): ReturnType<InlineText['finish']> {
  const captions = childrenOf(element, 'caption');
  const inLanguage = captions.find((caption) => language !== null && attribute(caption, 'lang')?.startsWith(language));
  const caption = inLanguage ?? captions[0];
  const text = new InlineText();
  if (caption) appendInline(text, caption.children);
  return text.finish();
}

/** Formats that every viewer shows go first. */
const SHOWN = /\.(jpe?g|png|gif|webp)$/i;

/** File names of the pictures, without folders. JATS often names one picture twice, and may leave the extension out. */
function filesOf(fig: XmlElement): string[] {
  const graphics = [...descendantsOf(fig, 'graphic'), ...descendantsOf(fig, 'media')];
  const names = graphics.flatMap((graphic) => {
    const href = attribute(graphic, 'href')?.trim();
    return href ? [href.replace(/^.*[\\/](?=[^\\/])/, '')] : [];
  });
  const shown = names.findIndex((name) => SHOWN.test(name));
  const ordered = shown > 0 ? [names[shown], ...names.filter((_, i) => i !== shown)] : names;
  return [...new Set(ordered)];
}

/** The tables of an article: label, caption and cells. Cells that span rows or columns are repeated in each. */
export function tablesOf(article: XmlElement, language: string | null): Table[] {
  const ids = new Set<string>();
  return descendantsOf(article, 'table-wrap').map((wrap, i) => ({
    table_id: freeId(wrap, ids, i),
    label: lineOf(childOf(wrap, 'label')),
    caption: captionOf(wrap, language).text,
    rows: descendantsOf(wrap, 'table').flatMap(rowsOf),
  }));
}

const MAX_SPAN = 1000;
/** Cells of HTML tables and of the CALS (OASIS) model. */
const CELLS = new Set(['td', 'th', 'entry']);

function rowsOf(table: XmlElement): string[][] {
  const rows: string[][] = [];
  /** Per column: a cell from above and for how many more rows it stands. */
  let above: { text: string; rows: number }[] = [];
  for (const row of [...descendantsOf(table, 'tr'), ...descendantsOf(table, 'row')]) {
    const cells: string[] = [];
    const next: typeof above = [];
    const fromAbove = (): void => {
      for (let held = above[cells.length]; held && held.rows > 0; held = above[cells.length]) {
        next[cells.length] = { text: held.text, rows: held.rows - 1 };
        cells.push(held.text);
      }
    };
    for (const cell of childrenOf(row)) {
      if (!CELLS.has(cell.name)) continue;
      fromAbove();
      const text = lineOf(cell) ?? '';
      const down = span(cell, 'rowspan') + Number(attribute(cell, 'morerows') ?? 0);
      for (let k = span(cell, 'colspan'); k > 0; k--) {
        next[cells.length] = { text, rows: down - 1 };
        cells.push(text);
      }
    }
    fromAbove();
    above = next;
    rows.push(cells);
  }
  return rows;
}

const span = (cell: XmlElement, name: string): number =>
  Math.min(MAX_SPAN, Math.max(1, Number.parseInt(attribute(cell, name) ?? '1', 10) || 1));

/** The element's id, or one by its place; never one that is taken. */
function freeId(element: XmlElement, taken: Set<string>, index: number): string {
  const wanted = attribute(element, 'id') ?? `${element.name === 'fig' ? 'figure' : 'table'}-${index + 1}`;
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`;
  taken.add(id);
  return id;
}
