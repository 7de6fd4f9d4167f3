/**
 * Runs the documented cases of contextual parsers, chunk merging and contextual assertion that were executed or stated
 * by their source, and prints what differs. Needs ../shared beside the repository.
 *
 *     npx tsx test/eval/contextual-parser.ts [--all] [--verbose] [CASES.jsonl]
 *
 * Compared are the fields that a case shows: text without case, offsets, label, and, apart from that (they do not fail
 * a case), confidence and indices. `--all` also runs the cases that were inferred from a merged table. Exit code 1
 * where fewer than 41 cases agree.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  contextualAssertion,
  contextualParser,
  mergeChunks,
  type ContextualParserOptions,
  type ContextualRule,
  type MergeableChunk,
} from '../../core/match/contextual/index.js';

interface Shown {
  readonly chunk: string;
  readonly begin?: number;
  readonly end?: number;
  readonly [key: string]: unknown;
}
interface Case {
  readonly id: string;
  readonly annotator: string;
  readonly evidence: string;
  readonly version?: string;
  readonly config: Record<string, unknown> | null;
  readonly dictionary: string[][] | null;
  readonly options: ContextualParserOptions;
  readonly options_assumed?: ContextualParserOptions;
  readonly tokenizer_pattern: string | null;
  readonly text: string;
  readonly inputs?: readonly { readonly column: string; readonly chunks: readonly Shown[] }[];
  readonly chunks?: readonly Shown[];
  readonly expected: readonly Shown[];
}
type Got = Record<string, unknown> & { readonly text: string; readonly start: number; readonly end: number };

const ANNOTATORS = ['ContextualParser', 'ChunkMerge', 'ContextualAssertion', 'ContextualParser x2 + ChunkMerge'];
const REQUIRED = 41;

const args = process.argv.slice(2);
const file =
  args.find((arg) => !arg.startsWith('--')) ??
  fileURLToPath(new URL('../../../shared/reference/contextual-parser-cases.jsonl', import.meta.url));
if (!existsSync(file)) {
  console.error(`Not there: ${file}. This evaluation needs the reference material beside the repository.`);
  process.exit(2);
}

const toChunk = ({ chunk, begin, end, ...rest }: Shown): MergeableChunk => ({
  ...rest,
  text: chunk,
  start: begin ?? 0,
  end: (end ?? -1) + 1,
});

function run(one: Case): Got[] {
  const options = { ...one.options, ...one.options_assumed, tokenizerPattern: one.tokenizer_pattern };
  switch (one.annotator) {
    case 'ContextualParser':
      return contextualParser({ rule: one.config as unknown as ContextualRule, dictionary: one.dictionary, options })
        .parse(one.text)
        .map((chunk) => ({ ...chunk, field: chunk.entity }));
    case 'ChunkMerge':
      return mergeChunks(
        one.inputs!.map(({ chunks }) => chunks.map(toChunk)),
        one.options,
      ).map((chunk) => ({
        ...chunk,
        chunkIndex: chunk.chunk,
      }));
    case 'ContextualAssertion':
      return contextualAssertion({ ...one.config, ...one.options })
        .assert(one.text, one.chunks!.map(toChunk))
        .map(({ chunk, assertion, confidence }) => ({ ...chunk, assertion, confidence }));
    default: {
      const { parsers } = one.config as { parsers: { config: ContextualRule; dictionary: string[][] }[] };
      const columns = parsers.map(({ config, dictionary }) =>
        contextualParser({ rule: config, dictionary, options }).parse(one.text),
      );
      return mergeChunks(columns.map((column) => column.map((chunk) => ({ ...chunk }))));
    }
  }
}

/** What differs; fields that do not fail a case come second. */
function compare(one: Case, got: readonly Got[]): [string[], string[]] {
  const wrong: string[] = [];
  const minor: string[] = [];
  if (got.length !== one.expected.length) wrong.push(`${got.length} chunks, expected ${one.expected.length}`);
  const old = one.version === 'pre-3.4.1';
  one.expected.forEach((expected, i) => {
    const chunk = got[i];
    if (chunk === undefined) return;
    const differ = (name: string, is: unknown, should: unknown, into: string[]): void => {
      if (should !== undefined && String(is) !== String(should))
        into.push(`[${i}] ${name} ${String(is)}, expected ${String(should)}`);
    };
    differ('text', chunk.text.toLowerCase(), expected.chunk.toLowerCase(), wrong);
    differ('begin', chunk.start, expected.begin, wrong);
    differ('end', chunk.end - 1, expected.end, wrong);
    for (const name of ['entity', 'normalized', 'assertion', 'field']) differ(name, chunk[name], expected[name], wrong);
    if (expected.confidence !== undefined && !old)
      differ('confidence', Number(chunk.confidence), Number(expected.confidence), minor);
    for (const name of ['tokenIndex', 'sentence', 'chunkIndex']) differ(name, chunk[name], expected[name], minor);
  });
  return [wrong, minor];
}

const cases = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as Case)
  .filter(({ annotator }) => ANNOTATORS.includes(annotator))
  .filter(({ evidence }) => args.includes('--all') || evidence === 'executed' || evidence === 'stated');

let agree = 0;
let alike = 0;
for (const one of cases) {
  const got = run(one);
  const [wrong, minor] = compare(one, got);
  if (wrong.length === 0) agree++;
  if (wrong.length + minor.length === 0) alike++;
  for (const line of wrong) console.log(`${one.id}: ${line}`);
  for (const line of minor) console.log(`${one.id}: (minor) ${line}`);
  if (args.includes('--verbose') && wrong.length > 0)
    console.log(JSON.stringify(got.map(({ text, start, end }) => [text, start, end])));
}
console.log(`${agree} of ${cases.length} cases agree; ${alike} also in confidence and indices`);
process.exitCode = agree >= Math.min(REQUIRED, cases.length) ? 0 : 1;
