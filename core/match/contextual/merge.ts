import { readFlag, readNumber, readWords } from './read.js';

/** A chunk as parsers and other finders make them; whatever else it carries is kept. */
export interface MergeableChunk {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Its label; `field` is taken where there is none. */
  readonly entity?: string;
  readonly field?: string;
  readonly confidence?: number | string | null;
  readonly [key: string]: unknown;
}
export type MergedChunk<C extends MergeableChunk = MergeableChunk> = C & {
  readonly entity: string;
  /** Its place in the output, from 0. */
  readonly chunk: number;
};

export type OrderingFeature = 'ChunkBegin' | 'ChunkLength' | 'ChunkPrecedence' | 'ChunkConfidence';
export interface MergeOptions {
  /** False keeps everything. Default true. */
  readonly mergeOverlapping?: boolean | string;
  /** What decides between chunks that overlap, in turn. Default: the longer one; then the column further left. */
  readonly orderingFeatures?: readonly string[];
  /** `Sequential` (default): in the order of the features. `DiverseLonger`: the longer one first, then the features. */
  readonly selectionStrategy?: string;
  /** For chunks without a confidence, where it decides. Default 0. */
  readonly defaultConfidence?: number | string;
  /** Names of fields, joined by commas: what the prioritised values are read from, or how many of them a chunk has. */
  readonly chunkPrecedence?: string;
  /** Values of these fields, joined by commas, the best first. */
  readonly chunkPrecedenceValuePrioritization?: readonly string[] | string;
  /** Pairs of an old and a new label: an object, pairs, or CSV. Applied to what is kept. */
  readonly replaceDict?: Table;
  readonly replaceDictResource?: Table;
  /** Pairs of a chunk text and a label that are dropped; texts are compared without case. */
  readonly falsePositives?: Table;
  readonly falsePositivesResource?: Table;
  /** Labels to keep; others are ignored before anything is merged. */
  readonly whiteList?: readonly string[] | string;
  /** Labels to ignore. */
  readonly blackList?: readonly string[] | string;
  /** Whether case counts in white and black list. Default true. */
  readonly caseSensitive?: boolean | string;
  /** The least confidence of each label. */
  readonly entitiesConfidence?: Table;
  readonly entitiesConfidenceResource?: Table;
  /** Names of the columns: become `ner_source` where a chunk has none. */
  readonly inputCols?: readonly string[];
}
/** An object, rows of two cells, or such rows as text with commas. */
export type Table = Readonly<Record<string, string | number>> | readonly (readonly (string | number)[])[] | string;

interface Candidate {
  readonly chunk: MergeableChunk;
  readonly entity: string;
  readonly column: number;
  readonly order: number;
}
type Compare = (a: Candidate, b: Candidate) => number;

/**
 * Merges the chunks of several columns into one, as ChunkMerge of Spark NLP for Healthcare does. Of chunks that
 * overlap one is kept: the longer, and of equally long ones that of the first column, unless the options say
 * otherwise. The result is sorted by place, without overlaps (unless `mergeOverlapping` is false), and numbered.
 */
export function mergeChunks<C extends MergeableChunk>(
  columns: readonly (readonly C[])[],
  options: MergeOptions = {},
): MergedChunk<C>[] {
  const wanted = candidates(columns, options).filter(filters(options));
  const kept = readFlag(options.mergeOverlapping, true) ? withoutOverlaps(wanted, ranking(wanted, options)) : wanted;
  const replaced = new Map(pairs(options.replaceDict ?? options.replaceDictResource));
  return [...kept]
    .sort(
      (a, b) => a.chunk.start - b.chunk.start || b.chunk.end - a.chunk.end || a.column - b.column || a.order - b.order,
    )
    .map(({ chunk, entity }, index) => ({ ...(chunk as C), entity: replaced.get(entity) ?? entity, chunk: index }));
}

function candidates(columns: readonly (readonly MergeableChunk[])[], options: MergeOptions): Candidate[] {
  const names = readWords(options.inputCols);
  return columns.flatMap((chunks, column) =>
    chunks.map((chunk, order) => {
      const entity = chunk.entity ?? chunk.field ?? '';
      const named = names[column] !== undefined && chunk.ner_source === undefined;
      return { chunk: named ? { ...chunk, ner_source: names[column] } : chunk, entity, column, order };
    }),
  );
}

function filters(options: MergeOptions): (candidate: Candidate) => boolean {
  const label = (name: string): string => (readFlag(options.caseSensitive, true) ? name : name.toLowerCase());
  const whiteList = new Set(readWords(options.whiteList).map(label));
  const blackList = new Set(readWords(options.blackList).map(label));
  const false_ = new Set(
    pairs(options.falsePositives ?? options.falsePositivesResource).map(
      ([text, name]) => `${text.trim().toLowerCase()}\t${name.trim()}`,
    ),
  );
  const least = new Map(pairs(options.entitiesConfidence ?? options.entitiesConfidenceResource));
  return (candidate) => {
    const { entity, chunk } = candidate;
    if (whiteList.size > 0 && !whiteList.has(label(entity))) return false;
    if (blackList.has(label(entity)) || false_.has(`${chunk.text.trim().toLowerCase()}\t${entity}`)) return false;
    const minimum = readNumber(least.get(entity));
    return minimum === undefined || confidenceOf(chunk, options) >= minimum;
  };
}

function withoutOverlaps(all: readonly Candidate[], better: Compare): Candidate[] {
  const kept = new Kept();
  for (const candidate of [...all].sort(better)) kept.add(candidate);
  return kept.all;
}

/** Spans that do not overlap, sorted by place: whether a further one fits is a binary search. */
class Kept {
  readonly all: Candidate[] = [];

  add(candidate: Candidate): void {
    const { start, end } = candidate.chunk;
    let low = 0;
    let high = this.all.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (this.all[mid].chunk.end > start) high = mid;
      else low = mid + 1;
    }
    if (low < this.all.length && this.all[low].chunk.start < end) return;
    this.all.splice(low, 0, candidate);
  }
}

const length = ({ chunk }: Candidate): number => chunk.end - chunk.start;
const longer: Compare = (a, b) => length(b) - length(a);

/** The better one first. The last resort is always the column, then the place. */
function ranking(all: readonly Candidate[], options: MergeOptions): Compare {
  const features = readWords(options.orderingFeatures);
  const compares = features.length === 0 ? [longer] : features.map((feature) => compareBy(feature, all, options));
  if (/^diverselonger$/iu.test(options.selectionStrategy ?? '')) compares.unshift(longer);
  compares.push((a, b) => a.column - b.column || a.chunk.start - b.chunk.start || a.order - b.order);
  return (a, b) => {
    for (const compare of compares) {
      const result = compare(a, b);
      if (result !== 0) return result;
    }
    return 0;
  };
}

function compareBy(feature: string, all: readonly Candidate[], options: MergeOptions): Compare {
  switch (feature.toLowerCase()) {
    case 'chunkbegin':
      return (a, b) => a.chunk.start - b.chunk.start;
    case 'chunklength':
      return longer;
    case 'chunkconfidence':
      return (a, b) => confidenceOf(b.chunk, options) - confidenceOf(a.chunk, options);
    case 'chunkprecedence': {
      const rank = precedence(all, options);
      return (a, b) => rank(a) - rank(b);
    }
    default:
      throw new RangeError(
        `Unknown ordering feature ${feature}: ChunkBegin, ChunkLength, ChunkPrecedence or ChunkConfidence.`,
      );
  }
}

function confidenceOf(chunk: MergeableChunk, options: MergeOptions): number {
  return (
    readNumber(chunk.confidence) ?? readNumber(chunk.confidenceValue) ?? readNumber(options.defaultConfidence) ?? 0
  );
}

/**
 * The rank of a chunk, the best 0. With prioritised values: the first of them that agrees with the chunk's fields; a
 * field that the chunk lacks does not contradict, but one at least must agree. Without: the more of the fields the
 * better; and where no chunk has any of them, they are taken for values, as a published example writes them.
 */
function precedence(all: readonly Candidate[], options: MergeOptions): (candidate: Candidate) => number {
  const parts = (text: string): string[] => text.split(',').map((part) => part.trim());
  const fields = parts(options.chunkPrecedence ?? 'ner_source,entity').filter((field) => field !== '');
  const field = ({ chunk, entity }: Candidate, name: string): string | undefined => {
    const value = name === 'entity' ? entity : chunk[name];
    return value === undefined || value === null ? undefined : String(value);
  };
  const values = readWords(options.chunkPrecedenceValuePrioritization).map(parts);
  if (values.length > 0) {
    return (candidate) => {
      const found = values.findIndex((wanted) => {
        const seen = fields.map((name, k) => [field(candidate, name), wanted[k]] as const);
        const both = seen.filter(([value, want]) => value !== undefined && want !== undefined && want !== '');
        return both.length > 0 && both.every(([value, want]) => value === want);
      });
      return found < 0 ? values.length : found;
    };
  }
  const count = (candidate: Candidate): number => fields.filter((name) => field(candidate, name) !== undefined).length;
  if (all.some((candidate) => count(candidate) > 0)) return (candidate) => fields.length - count(candidate);
  return (candidate) => {
    const own = [candidate.entity, ...Object.values(candidate.chunk).map(String)];
    const found = fields.findIndex((value) => own.includes(value));
    return found < 0 ? fields.length : found;
  };
}

function pairs(table: Table | undefined): [string, string][] {
  if (table === undefined || table === null) return [];
  const rows: readonly (readonly (string | number)[])[] =
    typeof table === 'string'
      ? table
          .split(/\r\n|\n|\r/u)
          .map((line) => [line.slice(0, line.lastIndexOf(',')), line.slice(line.lastIndexOf(',') + 1)])
      : Array.isArray(table)
        ? (table as readonly (readonly (string | number)[])[])
        : Object.entries(table as Readonly<Record<string, string | number>>);
  return rows.filter((row) => row.length > 1 && row[0] !== '').map(([from, to]) => [String(from), String(to)]);
}
