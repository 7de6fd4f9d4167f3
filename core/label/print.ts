import { codePointMap, type ToCodePoint } from '../text/index.js';
import { valueOf } from './find.js';
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

/** Prints labellings as JSON text, byte for byte what `JSON.stringify(toRecord(…))` gives, several times as fast. */
export class JsonPrinter {
  /** Per sense, the JSON that every hit of it shares. */
  private readonly heads: string[] = [];
  private readonly codeJson: string[] = [];
  private readonly tails: string[] = [];
  private readonly partLabels = new Map<readonly number[], string>();

  constructor(
    private readonly taxonomy: Taxonomy,
    private readonly options: PrintOptions = {},
  ) {}

  /** The record's fields without the enclosing braces, `caption` first. */
  fields(labelling: Labelling): string {
    const { doc, found, parts } = labelling;
    const { text } = doc;
    const at = codePointMap(text);
    const plain = !NEEDS_ESCAPE.test(text);
    const quote = (s: string): string => (plain ? `"${s}"` : JSON.stringify(s));
    let out = `"caption":${quote(text)},"labels":`;
    out += parts.length === 1 ? this.labels(parts[0]) : this.unionLabels(parts);
    if (parts.some((p) => p.resolution.compounds.length > 0)) {
      out += `,"compounds":${JSON.stringify(this.taxonomy.idsOf(union(parts, (p) => p.resolution.compounds)))}`;
    }
    out += ',"entities":[';
    for (let i = 0; i < found.length; i++) {
      const { hit, assertion, cue } = found[i];
      const words = quote(text.slice(hit.start, hit.end));
      if (i > 0) out += ',';
      out += `{"start":${at(hit.start)},"end":${at(hit.end)},"text":${words}${this.head(hit.sense, text.slice(hit.start, hit.end))}`;
      out += `,"assertion":"${assertion}"${this.codes(hit.sense)},"confidence":${hit.confidence}${this.tail(hit.sense)}`;
      const decisive = cue ?? hit.cue;
      if (decisive) {
        const cueText = quote(text.slice(decisive.start, decisive.end));
        out += `,"cue":{"text":${cueText},"start":${at(decisive.start)},"end":${at(decisive.end)}}`;
      }
      out += '}}';
    }
    out += '],"subcaptions":[';
    for (let i = 0; i < parts.length; i++) {
      const { panel, text: words, ranges, members } = parts[i];
      if (i > 0) out += ',';
      out += `{"panel":${panel === null ? 'null' : JSON.stringify(panel)},"text":${words === text ? quote(words) : JSON.stringify(words)},"ranges":[`;
      for (let k = 0; k < ranges.length; k++) out += `${k > 0 ? ',' : ''}[${at(ranges[k].start)},${at(ranges[k].end)}]`;
      out += `],"labels":${this.labels(parts[i])},"entities":[${members.join(',')}]}`;
    }
    out += ']';
    if (parts.some((p) => p.resolution.conflicts.length > 0)) {
      out += `,"conflicts":${JSON.stringify(conflictsOf(labelling, this.taxonomy))}`;
    }
    return out;
  }

  private labels(part: LabelledPart): string {
    const { leaves } = part.resolution;
    let json = this.partLabels.get(leaves);
    if (json === undefined) {
      json = JSON.stringify(this.taxonomy.idsOf(labelsOf(part, this.options)));
      // Resolutions are memoised, so the array is a key that recurs; the bound only guards against a cleared memo.
      if (this.partLabels.size > 20_000) this.partLabels.clear();
      this.partLabels.set(leaves, json);
    }
    return json;
  }

  private unionLabels(parts: readonly LabelledPart[]): string {
    return JSON.stringify(this.taxonomy.idsOf(union(parts, (p) => labelsOf(p, this.options))));
  }

  private head(sense: Sense, words: string): string {
    if (sense.value === undefined) return headOf(sense, words);
    return (this.heads[sense.index] ??= headOf(sense, words));
  }

  private codes(sense: Sense): string {
    return (this.codeJson[sense.index] ??= `,"codes":${JSON.stringify(sense.codes)}`);
  }

  private tail(sense: Sense): string {
    return (this.tails[sense.index] ??=
      `,"origin":{"pack":${JSON.stringify(sense.pack)},"rule":${JSON.stringify(sense.id)},"at":${JSON.stringify(sense.at)}`);
  }
}

const headOf = (sense: Sense, words: string): string =>
  `,"entity":${JSON.stringify(sense.entity)},"value":${JSON.stringify(valueOf(sense, words))},"labels":${JSON.stringify(sense.labels)}`;

/** Characters that JSON writes in another way, lone surrogates among them. */
// eslint-disable-next-line no-control-regex
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;
