import type { Article, PluginContext, PluginLexicon, Segmentation } from '../../core/plugin/index.js';
import { figuresOf } from './figures.js';
import { outline, type Block, type Lexicons } from './outline.js';
import { assign, type Assigned, type OpenCase } from './patients.js';
import { patientsInTable } from './tables.js';
import { isAnimal, natureOf, type Nature, type SkippedReason } from './skip.js';

type Shared = Segmentation['shared_text'][number];

/** Cuts an article into its cases. */
export function segment(
  context: PluginContext,
  article: Article,
  lexicons: Lexicons,
  labels: PluginLexicon,
): Segmentation {
  const blocks = outline(context, article, lexicons);
  const none = (reason: SkippedReason): Segmentation => ({
    cases: [],
    shared_text: shared(blocks, 'other'),
    skipped_reason: reason,
  });
  if (blocks.length === 0) return none('no-body');
  const nature = natureOf(context, article, lexicons);
  if (isAnimal(context, article, blocks, lexicons)) return none('non-human');
  for (const region of regions(blocks, nature)) {
    const assigned = assign(context, region.blocks, lexicons.language);
    const cases = accepted(assigned, region.declared, nature);
    if (cases.length === 0) continue;
    const inside = new Set(region.blocks);
    const rest = blocks.filter((block) => !inside.has(block));
    const orphans = assigned.cases.filter((c) => !cases.includes(c)).flatMap(({ pieces }) => pieces);
    return {
      cases: cases.map(({ pieces }, i) => ({
        case_id: caseId(article, i),
        text: pieces.map(({ text }) => text).join('\n'),
        figures: figuresOf(context, article, pieces, labels, lexicons.types),
      })),
      shared_text: [
        ...group([...assigned.lead, ...orphans].map(({ text }) => ({ role: 'cases', text }))),
        ...shared(rest, 'other'),
      ],
      skipped_reason: null,
    };
  }
  return fromTables(context, article, lexicons, nature, blocks, labels) ?? none(whyNone(nature));
}

/** A series whose patients stand in a table only. */
function fromTables(
  context: PluginContext,
  article: Article,
  lexicons: Lexicons,
  nature: Nature,
  blocks: readonly Block[],
  labels: PluginLexicon,
): Segmentation | null {
  if ((nature.kind !== 'case' && !nature.caseTitle) || nature.title === 'trial') return null;
  for (const table of article.tables) {
    const patients = patientsInTable(context, table, lexicons.language);
    if (patients.length === 0) continue;
    return {
      cases: patients.map(({ text }, i) => ({
        case_id: caseId(article, i),
        text,
        figures: figuresOf(context, article, [{ text, references: [] }], labels, lexicons.types),
      })),
      shared_text: shared(blocks, 'other'),
      skipped_reason: null,
    };
  }
  return null;
}

/** `PMC123_01`, as the users of MultiCaRe know it. */
const caseId = (article: Article, index: number): string =>
  `${article.pmcid ?? article.article_id}_${String(index + 1).padStart(2, '0')}`;

interface Region {
  readonly blocks: readonly Block[];
  /** The article itself calls this part a case. */
  readonly declared: boolean;
}

/** Where patients may be, surest first. Parts that are not tried hold none. */
function* regions(blocks: readonly Block[], nature: Nature): Generator<Region> {
  const declared = blocks.filter(({ role }) => role === 'case');
  if (declared.length > 0) {
    yield { blocks: withFollowing(blocks), declared: true };
    return;
  }
  const refused = nature.kind === 'review' || nature.kind === 'trial' || (nature.title !== null && !nature.caseTitle);
  if (refused && nature.kind !== 'case') return;
  const isStudy = blocks.some(({ role }) => role === 'methods') && nature.kind !== 'case' && !nature.caseTitle;
  if (isStudy) return;
  yield { blocks: blocks.filter(({ role }) => role === null || role === 'case_part'), declared: false };
  yield { blocks: blocks.filter(({ role }) => role === 'results'), declared: false };
  yield { blocks: blocks.filter(({ role }) => role === 'introduction'), declared: false };
  yield { blocks: blocks.filter(({ role }) => role === 'methods'), declared: false };
  // A case report without a case section tells the case where it is talked about.
  if (nature.kind === 'case') yield { blocks: blocks.filter(({ role }) => role === 'discussion'), declared: false };
}

/**
 * The blocks called a case, and what follows one without being called anything else: investigations, treatment,
 * outcome as sections of their own.
 */
function withFollowing(blocks: readonly Block[]): Block[] {
  let open = false;
  return blocks.filter(({ role }) => {
    if (role === 'case') return (open = true);
    if (role === 'case_part' || role === null) return open;
    open = false;
    return false;
  });
}

/** A declared case may lack an age; one that is only guessed from the text, or stands in a study, may not. */
function accepted({ cases }: Assigned, declared: boolean, nature: Nature): readonly OpenCase[] {
  const doubtful =
    nature.kind !== 'case' &&
    (['trial', 'review', 'study'].includes(nature.kind) || (nature.title !== null && !nature.caseTitle));
  if (declared && (!doubtful || nature.caseTitle)) return cases;
  const trusted = nature.kind === 'case' || nature.caseTitle;
  return cases.filter(({ introduced, age, number }) => introduced && (age !== null || number !== null || trusted));
}

function whyNone(nature: Nature): SkippedReason {
  if (nature.kind === 'review' || nature.kind === 'trial') return nature.kind;
  return nature.title ?? 'no-patient';
}

const shared = (blocks: readonly Block[], otherwise: string): Shared[] =>
  group(blocks.map(({ role, text }) => ({ role: role ?? otherwise, text })));

/** Neighbours of one role as one text. */
function group(pieces: readonly Shared[]): Shared[] {
  const out: Shared[] = [];
  for (const { role, text } of pieces) {
    const last = out[out.length - 1];
    if (last?.role === role) out[out.length - 1] = { role, text: `${last.text}\n${text}` };
    else out.push({ role, text });
  }
  return out;
}
