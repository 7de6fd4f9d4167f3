import type { Article, InlineReference, PluginContext, PluginLexicon, Section } from '../../core/plugin/index.js';
import { readHeading, type Heading, type Role } from './heading.js';
import { inlineHeadings } from './inlineHeadings.js';
import { Words } from './words.js';

/** A paragraph with the headings above it, outermost first, and the part of the article that they make it. */
export interface Block {
  readonly text: string;
  readonly references: readonly InlineReference[];
  readonly headings: readonly Heading[];
  readonly role: Role | null;
  /** A number that changes with every section: paragraphs of one number stand under the same heading. */
  readonly section: number;
}

export interface Lexicons {
  readonly language: PluginLexicon;
  readonly types: PluginLexicon;
}

/** A paragraph of more characters without headings may be a whole page: its headings are looked for inside. */
const PAGE = 1500;

/** The paragraphs of an article in their order. */
export function outline(context: PluginContext, article: Article, lexicons: Lexicons): Block[] {
  const blocks: Block[] = [];
  let section = 0;
  const walk = (current: Section, above: readonly Heading[]): void => {
    const own = headingOf(context, current, lexicons);
    const headings = own ? [...above, own] : above;
    const id = ++section;
    for (const { text, references } of current.paragraphs) {
      if (text.trim() === '') continue;
      blocks.push({ text, references, headings, role: roleOf(headings), section: id });
    }
    for (const inner of current.sections) walk(inner, headings);
  };
  for (const top of article.sections) walk(top, []);
  return blocks.flatMap((block) => {
    if (block.text.length < PAGE || block.headings.length > 0) return [block];
    return inlineHeadings(new Words(context.doc(block.text), lexicons.language)).map(({ heading, start, end }) => {
      const headings = heading ? [heading] : [];
      const references = block.references
        .filter((r) => r.start >= start && r.end <= end)
        .map((r) => ({ ...r, start: r.start - start, end: r.end - start }));
      return { text: block.text.slice(start, end), references, headings, role: roleOf(headings), section: ++section };
    });
  });
}

function headingOf(context: PluginContext, { title, type }: Section, lexicons: Lexicons): Heading | null {
  const read = title ? readHeading(new Words(context.doc(title), lexicons.language), title) : null;
  if (read?.role) return read;
  const role = type ? typeRole(context, type, lexicons.types) : null;
  return role ? { title: title ?? '', role, caseNumber: null } : read;
}

function typeRole(context: PluginContext, type: string, types: PluginLexicon): Role | null {
  const [hit] = types.find(context.doc(type)).filter(({ entry }) => entry.attributes.kind === 'section');
  return hit ? (String(hit.entry.attributes.role) as Role) : null;
}

/** Parts that never belong to a case, even inside a case section. */
const CLOSED: ReadonlySet<Role | null> = new Set<Role>([
  'discussion',
  'conclusion',
  'references',
  'back_matter',
  'introduction',
  'abstract',
  'keywords',
]);

/** A case section keeps its inner sections, whatever they are called, but for a discussion and the like. */
function roleOf(headings: readonly Heading[]): Role | null {
  const inner = headings.findLast(({ role }) => role !== null)?.role ?? null;
  // `Case 1` under a discussion speaks of the case; only an introduction may hold it.
  const closed = headings.find(({ role }) => CLOSED.has(role) && role !== 'introduction')?.role;
  if (closed && headings[0].role !== 'case') return closed;
  if (headings.some(({ role }) => role === 'case')) return CLOSED.has(inner) ? inner : 'case';
  return inner;
}
