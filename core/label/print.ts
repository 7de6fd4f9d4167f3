import type { Assertion } from '../plugin/contract.js';
import { codePointMap, type ToCodePoint } from '../text/index.js';
import { BASE_CONFIDENCE, valueOf } from './find.js';
import { fragment, type JsonBytes } from './jsonBytes.js';
import type { Found, LabelledPart, Labelling } from './labeller.js';
import type { Conflict, Entity, LabelRecord } from './record.js';
import type { Sense } from './sense.js';
import type { Taxonomy } from './taxonomy.js';

export interface PrintOptions {
  /** Print ancestors of the labels too. */
  readonly ancestors?: boolean;
}

/** The labelling as the record of the contracts, offsets in code points. */
export function toRecord(labelling: Labelling, taxonomy: Taxonomy, options: PrintOptions = {}): LabelRecord {
  const { doc, found, parts } = labelling;
  const at = codePointMap(doc.text);
  const compounds = union(parts, (p) => p.resolution.compounds);
  const conflicts = conflictsOf(labelling, taxonomy);
  return {
    caption: doc.text,
    labels: taxonomy.idsOf(union(parts, (p) => labelsOf(p, options))),
    ...(compounds.size > 0 && { compounds: taxonomy.idsOf(compounds) }),
    entities: found.map((f) => entityOf(f, doc.text, at)),
    subcaptions: parts.map((p) => ({
      panel: p.panel,
      text: p.text,
      ranges: p.ranges.map(({ start, end }) => [at(start), at(end)] as const),
      labels: taxonomy.idsOf(labelsOf(p, options)),
      entities: p.members,
    })),
    ...(conflicts.length > 0 && { conflicts }),
  };
}

const labelsOf = (part: LabelledPart, { ancestors }: PrintOptions): Iterable<number> =>
  ancestors ? part.resolution.closure : part.resolution.leaves;

function union(parts: readonly LabelledPart[], of: (part: LabelledPart) => Iterable<number>): Set<number> {
  const all = new Set<number>();
  for (const part of parts) for (const c of of(part)) all.add(c);
  return all;
}

function entityOf({ hit, assertion, cue }: Found, text: string, at: ToCodePoint): Entity {
  const { sense } = hit;
  const words = text.slice(hit.start, hit.end);
  const decisive = cue ?? hit.cue;
  return {
    start: at(hit.start),
    end: at(hit.end),
    text: words,
    entity: sense.entity,
    value: valueOf(sense, words),
    labels: sense.labels,
    assertion,
    codes: sense.codes,
    confidence: hit.confidence,
    origin: {
      pack: sense.pack,
      rule: sense.id,
      at: sense.at,
      ...(decisive && {
        cue: { text: text.slice(decisive.start, decisive.end), start: at(decisive.start), end: at(decisive.end) },
      }),
    },
  };
}

function conflictsOf({ parts, found }: Labelling, taxonomy: Taxonomy): Conflict[] {
  const conflicts = new Map<string, Conflict>();
  for (const { resolution, members } of parts) {
    for (const { set, classes } of resolution.conflicts) {
      const names = (i: number): boolean =>
        found[i].hit.sense.classes.some((c) => classes.some((k) => c === k || taxonomy.isBelow(c, k)));
      const labels = taxonomy.idsOf(classes);
      conflicts.set(`${set} ${labels.join(' ')}`, { set, labels, entities: members.filter(names) });
    }
  }
  return [...conflicts.values()];
}

/** Prints labellings as JSON, byte for byte what `JSON.stringify(toRecord(…))` gives, many times as fast. */
export class JsonPrinter {
  /** Per sense, the JSON that its hits share, as far as nothing is special about them. */
  private readonly bodies: Uint8Array[] = [];
  private readonly partLabels = new Map<readonly number[], Uint8Array>();

  constructor(
    private readonly taxonomy: Taxonomy,
    private readonly options: PrintOptions = {},
  ) {}

  /** Writes the record's fields without the enclosing braces, `caption` first. */
  write(labelling: Labelling, out: JsonBytes): void {
    const { doc, found, parts } = labelling;
    const { text } = doc;
    const at = codePointMap(text);
    out.put(CAPTION);
    out.string(text);
    out.put(LABELS);
    if (parts.length === 1) out.put(this.labels(parts[0]));
    else out.raw(JSON.stringify(this.taxonomy.idsOf(union(parts, (p) => labelsOf(p, this.options)))));
    if (parts.some((p) => p.resolution.compounds.length > 0)) {
      out.raw(`,"compounds":${JSON.stringify(this.taxonomy.idsOf(union(parts, (p) => p.resolution.compounds)))}`);
    }
    out.put(ENTITIES);
    for (let i = 0; i < found.length; i++) {
      out.put(i > 0 ? NEXT_ENTITY : FIRST_ENTITY);
      this.entity(found[i], text, at, out);
    }
    out.put(SUBCAPTIONS);
    for (let i = 0; i < parts.length; i++) {
      out.put(i > 0 ? NEXT_PANEL : FIRST_PANEL);
      this.part(parts[i], at, out);
    }
    out.put(CLOSE_LIST);
    if (parts.some((p) => p.resolution.conflicts.length > 0)) {
      out.raw(`,"conflicts":${JSON.stringify(conflictsOf(labelling, this.taxonomy))}`);
    }
  }

  private entity({ hit, assertion, cue }: Found, text: string, at: ToCodePoint, out: JsonBytes): void {
    const { sense, start, end } = hit;
    this.span(start, end, at, out);
    out.put(TEXT);
    out.string(text, start, end);
    if (sense.value !== undefined && assertion === 'present' && hit.confidence === BASE_CONFIDENCE) {
      out.put((this.bodies[sense.index] ??= fragment(bodyOf(sense, '', assertion, BASE_CONFIDENCE))));
    } else out.raw(bodyOf(sense, text.slice(start, end), assertion, hit.confidence));
    const decisive = cue ?? hit.cue;
    if (decisive) {
      out.raw(',"cue":{"text":');
      out.string(text, decisive.start, decisive.end);
      out.raw(',"start":');
      this.span(decisive.start, decisive.end, at, out);
      out.raw('}');
    }
    out.put(CLOSE_ENTITY);
  }

  private span(start: number, end: number, at: ToCodePoint, out: JsonBytes): void {
    out.integer(at(start));
    out.put(END);
    out.integer(at(end));
  }

  private part(part: LabelledPart, at: ToCodePoint, out: JsonBytes): void {
    const { panel, text, ranges, members } = part;
    if (panel === null) out.put(NULL);
    else out.string(panel);
    out.put(TEXT);
    out.string(text);
    out.put(RANGES);
    for (let k = 0; k < ranges.length; k++) {
      out.put(k > 0 ? NEXT_RANGE : OPEN_LIST);
      out.integer(at(ranges[k].start));
      out.put(COMMA);
      out.integer(at(ranges[k].end));
      out.put(CLOSE_LIST);
    }
    out.put(PANEL_LABELS);
    out.put(this.labels(part));
    out.put(ENTITIES);
    for (let k = 0; k < members.length; k++) {
      if (k > 0) out.put(COMMA);
      out.integer(members[k]);
    }
    out.put(CLOSE_PANEL);
  }

  private labels(part: LabelledPart): Uint8Array {
    const { leaves } = part.resolution;
    let json = this.partLabels.get(leaves);
    if (json === undefined) {
      json = fragment(JSON.stringify(this.taxonomy.idsOf(labelsOf(part, this.options))));
      // Resolutions are memoised, so the array is a key that recurs; the bound only guards against a cleared memo.
      if (this.partLabels.size > 20_000) this.partLabels.clear();
      this.partLabels.set(leaves, json);
    }
    return json;
  }
}

const bodyOf = (sense: Sense, words: string, assertion: Assertion, confidence: number): string =>
  `,"entity":${JSON.stringify(sense.entity)},"value":${JSON.stringify(valueOf(sense, words))},"labels":${JSON.stringify(sense.labels)}` +
  `,"assertion":"${assertion}","codes":${JSON.stringify(sense.codes)},"confidence":${confidence}` +
  `,"origin":{"pack":${JSON.stringify(sense.pack)},"rule":${JSON.stringify(sense.id)},"at":${JSON.stringify(sense.at)}`;

const CAPTION = fragment('"caption":');
const LABELS = fragment(',"labels":');
const ENTITIES = fragment(',"entities":[');
const FIRST_ENTITY = fragment('{"start":');
const NEXT_ENTITY = fragment(',{"start":');
const END = fragment(',"end":');
const TEXT = fragment(',"text":');
const CLOSE_ENTITY = fragment('}}');
const SUBCAPTIONS = fragment('],"subcaptions":[');
const FIRST_PANEL = fragment('{"panel":');
const NEXT_PANEL = fragment(',{"panel":');
const NULL = fragment('null');
const RANGES = fragment(',"ranges":[');
const OPEN_LIST = fragment('[');
const NEXT_RANGE = fragment(',[');
const COMMA = fragment(',');
const CLOSE_LIST = fragment(']');
const PANEL_LABELS = fragment('],"labels":');
const CLOSE_PANEL = fragment(']}');
