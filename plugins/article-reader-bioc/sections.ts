import type { Paragraph, Section } from '../../core/article/index.js';
import type { BioCPassage } from './document.js';
import { isAbstract, isFloat, kindOf, sectionOf } from './passage.js';

interface OpenSection extends Section {
  readonly paragraphs: Paragraph[];
  readonly sections: OpenSection[];
}

/** Passages that are no text of the article's body. */
const LEFT_OUT = /^(?:front|ref|footnote|title)$/;
const NOT_BODY = /^(?:title|ref|keyword|abstract)$/;

/**
 * The body as a tree: `title_1` opens a section, `title_2` one inside it. PMC's section types are not
 * always those of the heading above, so that only a change inside running text opens a section without a title.
 */
export function sectionsOf(passages: readonly BioCPassage[]): Section[] {
  const top: OpenSection[] = [];
  /** The open sections, one for each level. */
  let open: OpenSection[] = [];
  for (const passage of passages) {
    const kind = kindOf(passage);
    const type = sectionOf(passage) || null;
    if (isAbstract(passage) || isFloat(passage) || passage.text === '') continue;
    if (LEFT_OUT.test(kind) || NOT_BODY.test(type ?? '')) continue;
    const level = /^title_(\d)/.exec(kind)?.[1];
    if (level) {
      const section: OpenSection = { title: passage.text, type, paragraphs: [], sections: [] };
      open = open.slice(0, Number(level) - 1);
      (open.at(-1)?.sections ?? top).push(section);
      open.push(section);
      continue;
    }
    const last = open.at(-1);
    if (!last || (type !== null && last.type !== type && last.paragraphs.length > 0)) {
      const section: OpenSection = { title: null, type, paragraphs: [], sections: [] };
      top.push(section);
      open = [section];
    }
    open[open.length - 1].paragraphs.push({ text: passage.text, references: [] });
  }
  return top;
}
