import type { Article, Figure, FloatLabel, Paragraph, Section } from '../../core/article/index.js';

/** A heading is short, begins with a capital or a number, and no sentence ends it. */
const MAX_HEADING = 80;
const HEADING = /^(?:[#\s]*)(?=[\p{Lu}\d])(?!.*[.,;!]$)/u;
const NUMBERED = /^(?:\d+(?:\.\d+)*\.?|[IVX]+\.)\s+\p{Lu}/u;
const MARKDOWN = /^(#{1,6})\s+(.*?)\s*#*$/;

interface OpenSection extends Section {
  readonly paragraphs: Paragraph[];
  readonly sections: OpenSection[];
}

/**
 * An article from plain text. Blank lines part paragraphs; where there are none, each line is a paragraph. A short line
 * by itself that no full stop ends is a heading; the first of them, before any text, is the title. Paragraphs that
 * begin with a figure's label are captions.
 */
export function readText(
  text: string,
  file: string,
  article_id: string,
  floatLabel: (text: string) => FloatLabel | null,
): Article {
  const blocks = blocksOf(text);
  const figures: Figure[] = [];
  const top: OpenSection[] = [];
  let open: OpenSection[] = [];
  let title: string | null = null;
  blocks.forEach((block, i) => {
    const heading = i + 1 < blocks.length ? headingOf(block) : null;
    if (heading && i === 0 && headingOf(blocks[1]) && blocks.length > 2) title = heading.title;
    else if (heading) {
      const section: OpenSection = { title: heading.title, type: null, paragraphs: [], sections: [] };
      open = open.slice(0, heading.level - 1);
      (open.at(-1)?.sections ?? top).push(section);
      open.push(section);
    } else {
      const label = floatLabel(block);
      if (label?.kind === 'figure' && label.marked && label.end < block.length && i > 0) {
        figures.push({
          figure_id: `figure-${figures.length + 1}`,
          label: label.label,
          caption: block,
          markup: [],
          file: null,
        });
        return;
      }
      if (open.length === 0) {
        const section: OpenSection = { title: null, type: null, paragraphs: [], sections: [] };
        top.push(section);
        open = [section];
      }
      open[open.length - 1].paragraphs.push({ text: block, references: [] });
    }
  });
  return {
    article_id,
    file,
    language: null,
    article_type: null,
    pmcid: null,
    pmid: null,
    doi: null,
    title,
    journal: null,
    year: null,
    license: null,
    authors: [],
    keywords: [],
    mesh_terms: [],
    publication_types: [],
    abstract: null,
    sections: top,
    figures,
    tables: [],
    warnings: [],
  };
}

/** Paragraphs and headings, each on one line. */
function blocksOf(text: string): string[] {
  const lines = text.split(/\r\n?|\n|\u2028|\u2029/).map((line) => line.trim());
  if (!lines.some((line, i) => line === '' && i > 0 && i < lines.length - 1 && lines.slice(i + 1).some(Boolean))) {
    return lines.filter(Boolean);
  }
  const blocks: string[] = [];
  let block: string[] = [];
  const flush = (): void => {
    if (block.length > 0) blocks.push(block.join(' '));
    block = [];
  };
  for (const [i, line] of lines.entries()) {
    if (line === '') flush();
    else if (MARKDOWN.test(line) || (block.length === 0 && startsBlock(line, lines[i + 1]))) {
      flush();
      blocks.push(line);
    } else block.push(line);
  }
  flush();
  return blocks;
}

/** A heading may stand right above its text: then it is much shorter than the line below. */
const startsBlock = (line: string, next: string | undefined): boolean =>
  headingOf(line) !== null && line.length <= 40 && (next?.length ?? 0) > 2 * line.length;

function headingOf(block: string): { title: string; level: number } | null {
  const markdown = MARKDOWN.exec(block);
  if (markdown) return { title: markdown[2], level: markdown[1].length };
  if (block.length > MAX_HEADING || !HEADING.test(block)) return null;
  const number = NUMBERED.test(block) ? /^\d+((?:\.\d+)*)/.exec(block)?.[1] : undefined;
  return { title: block, level: 1 + (number ? number.split('.').length - 1 : 0) };
}
