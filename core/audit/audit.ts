import { alwaysShadowed, neverFires, ordinaryWord } from '../diagnostics/audit.js';
import { tidy, type Diagnostic } from '../diagnostics/index.js';
import { checkTerms } from '../pack/validate/terms.js';
import { sceneOf, type Scene } from '../pack/validate/scene.js';
import type { At, LoadResult } from '../pack/index.js';
import { ruleCosts, type RuleCost } from './cost.js';
import { ordinaryWords } from './ordinaryWords.js';
import { emptyTallies, tally, type AuditTrace, type Tally } from './tally.js';

/** What the audit needs of an engine: its labelling with losers and refusals. */
export interface AuditEngine {
  read(caption: string, expectedPanels?: number, explain?: boolean): AuditTrace;
}

export interface AuditOptions {
  /** `id@version` of the packs that are audited. Default: all that are loaded. */
  readonly packs?: ReadonlySet<string>;
  /** Captions that are kept for parts of speech and costs, spread over the corpus. */
  readonly sample?: number;
}

export interface AuditReport {
  readonly captions: number;
  /** By id of value or rule. */
  readonly tallies: ReadonlyMap<string, Tally>;
  /** Dearest first. */
  readonly costs: readonly RuleCost[];
  readonly diagnostics: readonly Diagnostic[];
}

const SAMPLE = 4000;

/**
 * What a corpus says of packs: values and rules that never fire, those that always lose and to whom, terms under two
 * values, ordinary words as terms, cost by rule. One pass; memory does not grow with the corpus.
 */
export function audit(
  loaded: LoadResult,
  engine: AuditEngine,
  captions: Iterable<string>,
  options: AuditOptions = {},
): AuditReport {
  const { effective } = loaded;
  const packs = options.packs ?? new Set(loaded.packs.map((pack) => pack.ref));
  const tallies = emptyTallies(effective, packs);
  const sample = new Sample(options.sample ?? SAMPLE);
  let count = 0;
  for (const caption of captions) {
    tally(tallies, engine.read(caption, undefined, true), count++);
    sample.offer(caption);
  }
  const scene = sceneOf(loaded);
  const costs = ruleCosts(
    effective.rules.filter((rule) => packs.has(rule.pack)),
    sample.kept,
  );
  const ordinary = ordinaryWords(effective, packs, sample.kept).map((one) =>
    ordinaryWord(scene.place(one.at, one.pack, 1), one.term, one.id, one.captions, one.why),
  );
  const own = new Set(
    loaded.packs
      .filter((pack) => packs.has(pack.ref))
      .flatMap((pack) => [pack.manifest, ...pack.files].map((file) => file.source.file)),
  );
  const clashes = checkTerms(scene).filter((one) => own.has(one.file));
  return {
    captions: count,
    tallies,
    costs,
    diagnostics: tidy([...idle(tallies, scene, count), ...clashes, ...ordinary]),
  };
}

function idle(tallies: ReadonlyMap<string, Tally>, scene: Scene, captions: number): Diagnostic[] {
  const places = placesOf(scene);
  return [...tallies].flatMap(([id, { fired, lostTo, refused }]) => {
    const place = places.get(id);
    if (fired > 0 || !place) return [];
    const where = scene.place(place.at, place.pack);
    const by = [...lostTo].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return [by.length > 0 ? alwaysShadowed(where, id, by.slice(0, 3)) : neverFires(where, id, captions, refused)];
  });
}

function placesOf({ effective }: Scene): Map<string, { readonly at: At; readonly pack: string }> {
  const places = new Map<string, { readonly at: At; readonly pack: string }>();
  for (const { pack, values } of effective.dictionaries) for (const { id, at } of values) places.set(id, { at, pack });
  for (const { id, at, pack } of effective.rules) places.set(id, { at, pack });
  return places;
}

/** Keeps every n-th caption, with n doubled whenever there are too many: spread evenly, and the same in every run. */
class Sample {
  kept: string[] = [];
  private step = 1;
  private seen = 0;

  constructor(private readonly most: number) {}

  offer(caption: string): void {
    if (this.seen++ % this.step !== 0) return;
    this.kept.push(caption);
    if (this.kept.length <= this.most) return;
    this.kept = this.kept.filter((_, i) => i % 2 === 0);
    this.step *= 2;
  }
}
