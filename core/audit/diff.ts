import type { Entity, LabelRecord } from '../label/record.js';

/** What the comparison needs of an engine. */
export interface CaptionLabeller {
  label(caption: string): LabelRecord;
}

/** A caption that shows a change. */
export interface DiffSample {
  readonly id: string;
  readonly caption: string;
  /** The words that were or are an entity, for changes of entities. */
  readonly words?: string;
}

/** How often something came or went. */
export interface Change {
  gained: number;
  lost: number;
  readonly gainedIn: DiffSample[];
  readonly lostIn: DiffSample[];
}

export interface PackDiff {
  readonly captions: number;
  /** Captions whose labels differ. */
  readonly relabelled: number;
  /** Captions whose entities differ in span, value or assertion. */
  readonly reread: number;
  readonly labels: ReadonlyMap<string, Change>;
  /** By `entity=value!assertion`. */
  readonly entities: ReadonlyMap<string, Change>;
}

const SAMPLES = 3;

/** Labels a corpus by two engines and counts what differs, with the first captions that show each change. One pass. */
export function diffPacks(
  before: CaptionLabeller,
  after: CaptionLabeller,
  corpus: Iterable<{ readonly id: string; readonly caption: string }>,
): PackDiff {
  const labels = new Map<string, Change>();
  const entities = new Map<string, Change>();
  let [captions, relabelled, reread] = [0, 0, 0];
  for (const { id, caption } of corpus) {
    captions++;
    const old = before.label(caption);
    const now = after.label(caption);
    const sample = { id, caption };
    const changed = compareSets(
      new Map(old.labels.map((one) => [one, one])),
      new Map(now.labels.map((one) => [one, one])),
      (label, side) => note(labels, label, side, sample),
    );
    if (changed) relabelled++;
    const differs = compareSets(byPlace(old), byPlace(now), (entity, side) =>
      note(entities, nameOf(entity), side, { ...sample, words: entity.text }),
    );
    if (differs) reread++;
  }
  return { captions, relabelled, reread, labels: sorted(labels), entities: sorted(entities) };
}

type Side = 'gained' | 'lost';

function compareSets<T>(
  old: ReadonlyMap<string, T>,
  now: ReadonlyMap<string, T>,
  found: (one: T, side: Side) => void,
): boolean {
  const lost = [...old].filter(([key]) => !now.has(key));
  const gained = [...now].filter(([key]) => !old.has(key));
  for (const [, one] of lost) found(one, 'lost');
  for (const [, one] of gained) found(one, 'gained');
  return lost.length + gained.length > 0;
}

const nameOf = ({ entity, value, assertion }: Entity): string =>
  `${entity}=${value}${assertion === 'present' ? '' : `!${assertion}`}`;
const byPlace = ({ entities }: LabelRecord): Map<string, Entity> =>
  new Map(entities.map((one) => [`${one.start}:${one.end} ${nameOf(one)}`, one]));

function note(changes: Map<string, Change>, key: string, side: Side, sample: DiffSample): void {
  const change = changes.get(key) ?? { gained: 0, lost: 0, gainedIn: [], lostIn: [] };
  changes.set(key, change);
  change[side]++;
  const samples = side === 'gained' ? change.gainedIn : change.lostIn;
  if (samples.length < SAMPLES) samples.push(sample);
}

const sorted = (changes: Map<string, Change>): Map<string, Change> =>
  new Map([...changes].sort(([a, x], [b, y]) => y.gained + y.lost - x.gained - x.lost || (a < b ? -1 : 1)));
