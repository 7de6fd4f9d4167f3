import type {
  Assertion,
  AssertionClassifier,
  AssertionResult,
  CaptionSplit,
  CaptionSplitter,
} from '../plugin/contract.js';
import { Tokenizer, type Doc, type Span } from '../text/index.js';
import type { CompiledPack } from './compile.js';
import { coverOf } from './cover.js';
import { Finder, type Refusal } from './find.js';
import { Contest, type Hit, type Resolved } from './hits.js';
import type { Resolution } from './taxonomy.js';

/** A hit that won, with its assertion. */
export interface Found {
  readonly hit: Hit;
  readonly assertion: Assertion;
  readonly cue: Span | undefined;
}

/** What a panel (or the whole caption) comes to. Offsets are UTF-16. */
export interface LabelledPart {
  readonly panel: string | null;
  readonly text: string;
  readonly ranges: readonly Span[];
  /** Indices into `found`. */
  readonly members: readonly number[];
  readonly resolution: Resolution;
}

/** The labelling of a caption inside the engine; `toRecord` and `toJson` print it. */
export interface Labelling {
  readonly doc: Doc;
  readonly found: readonly Found[];
  readonly split: CaptionSplit;
  readonly parts: readonly LabelledPart[];
  readonly resolved: Resolved;
  /** Terms that a context turned away; only gathered on request. */
  readonly refusals: readonly Refusal[];
}

/** Entities that say how a picture was made or where it looks: they are named, not asserted. */
const NOT_ASSERTED: ReadonlySet<string> = new Set([
  'modality',
  'technique',
  'view',
  'anatomy',
  'laterality',
  'measurement',
]);

/**
 * Labels captions: finds, resolves overlaps, splits into panels, asserts, and climbs the taxonomy. Synchronous and
 * pure; keeps scratch space between captions, so one labeller serves one thread.
 */
export class Labeller {
  private readonly finder: Finder;
  private readonly tokenizer: Tokenizer;
  private readonly contest = new Contest();

  constructor(
    readonly pack: CompiledPack,
    private readonly splitter: CaptionSplitter,
    private readonly assertion: AssertionClassifier,
    abbreviations: ReadonlySet<string>,
  ) {
    this.finder = new Finder(pack);
    this.tokenizer = new Tokenizer(pack.vocabulary, abbreviations);
  }

  /** Labels one caption. The result's `doc` is valid until the next call. `expectedPanels` is a hint to the splitter. */
  label(caption: string, expectedPanels?: number, explain = false): Labelling {
    const doc = this.tokenizer.read(caption);
    const refusals: Refusal[] = [];
    const hits = this.finder.find(doc, explain ? refusals : undefined);
    const resolved = this.contest.resolve(hits, doc.count, this.pack.layers.length);
    const split = this.splitter.split({ doc, expectedPanels });
    const winners = outsideMarkers(resolved.winners, split);
    const found = this.assert(doc, winners);
    return { doc, found, split, parts: this.parts(found, split), resolved, refusals };
  }

  private assert(doc: Doc, winners: readonly Hit[]): Found[] {
    const asked = winners.filter(({ sense }) => sense.assertion === undefined && !NOT_ASSERTED.has(sense.entity));
    const answers = asked.length === 0 ? [] : this.assertion.classify(doc, asked, 'caption');
    let next = 0;
    return winners.map((hit) => {
      const answer: AssertionResult | undefined = hit === asked[next] ? answers[next++] : undefined;
      const assertion = answer?.assertion ?? hit.sense.assertion ?? 'present';
      return { hit, assertion, cue: answer?.cue ?? undefined };
    });
  }

  private parts(found: readonly Found[], split: CaptionSplit): LabelledPart[] {
    const { taxonomy } = this.pack;
    const all = found.map((_, i) => i);
    if (split.subcaptions.length === 1) {
      const [{ panel, text, ranges }] = split.subcaptions;
      return [{ panel, text, ranges, members: all, resolution: taxonomy.resolve(classesOf(found, all)) }];
    }
    // A panel that does not say how it was made is of the figure's kind: requirements may look at the whole caption.
    const figure = taxonomy.resolve(classesOf(found, all)).closure;
    return split.subcaptions.map(({ panel, text, ranges }) => {
      const within = coverOf(ranges);
      const members = all.filter((i) => within(found[i].hit));
      const given = classesOf(found, members);
      const own = taxonomy.resolve(given);
      const resolution = own.closure.size === 0 && given.length > 0 ? taxonomy.resolve(given, figure) : own;
      return { panel, text, ranges, members, resolution };
    });
  }
}

function classesOf(found: readonly Found[], members: readonly number[]): number[] {
  const classes: number[] = [];
  for (const i of members) {
    const { hit, assertion } = found[i];
    if (assertion !== 'present') continue;
    for (const c of hit.sense.classes) classes.push(c);
  }
  return classes;
}

/** `Left: CT` names a panel, not a side: what stands in a marker that was taken is no entity. */
function outsideMarkers(winners: readonly Hit[], split: CaptionSplit): readonly Hit[] {
  const taken = split.markers.filter((m) => m.taken);
  if (taken.length === 0) return winners;
  const within = coverOf(taken);
  return winners.filter((hit) => !within(hit));
}
