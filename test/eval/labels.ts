// Labels the development captions in ../shared, which are no part of the repository, and scores the result:
//   npx tsx test/eval/labels.ts [--errors [labels|finding|anatomy|laterality]] [--bulk]
// --errors prints the captions that are wrong in one respect; --bulk counts what the packs know of many captions
// without truth: the share with a kind of image, the share of content words inside an entity, and the commonest others.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEngine, type LabelRecord } from '../../core/index.js';

const shared = join(dirname(fileURLToPath(import.meta.url)), '../../../shared/eval');
if (!existsSync(shared)) {
  console.error('The development sets are not here: expected ../shared/eval beside the repository.');
  process.exit(2);
}

interface GoldSpan {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly polarity?: string;
}
interface Gold {
  readonly id: string;
  readonly caption: string;
  readonly labels: readonly string[];
  readonly findings: readonly GoldSpan[];
  readonly sites: readonly GoldSpan[];
  readonly laterality: readonly string[];
}
type Predicted = Pick<LabelRecord, 'labels' | 'entities'>;

const lines = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);

const engine = await openEngine();
const goldFile = join(shared, 'captions/gold-dev.jsonl');
const gold = lines<Gold>(goldFile);
const records = gold.map((row) => ({ id: row.id, ...engine.label(row.caption) }));
const predictedFile = join(mkdtempSync(join(tmpdir(), 'labels-')), 'predicted.jsonl');
writeFileSync(predictedFile, records.map((record) => JSON.stringify(record)).join('\n') + '\n');
const scorer = join(shared, 'score-labels.mjs');
console.log(execFileSync(process.execPath, [scorer, goldFile, predictedFile], { encoding: 'utf8' }));

const at = process.argv.indexOf('--errors');
if (at >= 0) printErrors(process.argv[at + 1] ?? 'labels');
if (process.argv.includes('--bulk')) countBulk();

function printErrors(respect: string): void {
  gold.forEach((row, i) => {
    const { lost, extra } =
      respect === 'labels' ? labelErrors(row, records[i]) : entityErrors(row, records[i], respect);
    if (lost.length + extra.length > 0) console.log(JSON.stringify({ id: row.id, lost, extra, caption: row.caption }));
  });
}

interface Errors {
  readonly lost: readonly string[];
  readonly extra: readonly string[];
}

function labelErrors(row: Gold, record: Predicted): Errors {
  const ancestors = JSON.parse(readFileSync(join(shared, 'labels.json'), 'utf8')) as Record<string, string[]>;
  const closure = (labels: readonly string[]): string[] => [
    ...new Set(labels.filter((label) => label in ancestors).flatMap((label) => [label, ...ancestors[label]])),
  ];
  return difference(closure(row.labels), closure(record.labels));
}

function entityErrors(row: Gold, record: Predicted, entity: string): Errors {
  const found = record.entities.filter((one) => one.entity === entity);
  if (entity === 'laterality') return difference(row.laterality, [...new Set(found.map((one) => one.value))]);
  const spans = entity === 'finding' ? row.findings : row.sites;
  const used = new Set<number>();
  const extra = found.filter((one) => {
    const match = spans.findIndex((span, k) => !used.has(k) && one.start < span.end && span.start < one.end);
    if (match >= 0) used.add(match);
    return match < 0;
  });
  return {
    lost: spans.filter((_, k) => !used.has(k)).map((span) => span.text),
    extra: extra.map((one) => `${one.text} (${one.origin.rule})`),
  };
}

function difference(expected: readonly string[], found: readonly string[]): Errors {
  return {
    lost: expected.filter((one) => !found.includes(one)),
    extra: found.filter((one) => !expected.includes(one)),
  };
}

/** Words that say nothing of medicine are not counted as content. */
function countBulk(): void {
  const captions = lines<{ caption: string }>(join(shared, 'captions/bulk.jsonl'));
  const ordinary = new Set(
    'the and with for from that this are was were has been after before during which into its not also between then than show shows showing shown showed demonstrating demonstrates demonstrated revealing reveals revealed image images figure note arrow arrows case patient year old white black view seen indicates indicated'.split(
      ' ',
    ),
  );
  // What is of radiology is told without the packs, by the word that its readers use.
  const radiology =
    /\b(?:CT|MRI|MR|PET|SPECT|DSA|IRM|TDM|USG|US|x-?rays?|scans?|scanner|magnetic resonance|fluorosc\w*)\b|radiogra|roentgen|ultraso|sonogra|tomogra|angiogra|echocardiogra|scintigra|mammogra|radiolog/iu;
  let kind = 0;
  let labelled = 0;
  const ofRadiology = { all: 0, kind: 0, labelled: 0 };
  let words = 0;
  let known = 0;
  const unknown = new Map<string, number>();
  for (const { caption } of captions) {
    const { entities, labels } = engine.label(caption);
    const named = entities.some((one) => one.entity === 'modality');
    if (named) kind++;
    if (labels.length > 0) labelled++;
    if (radiology.test(caption)) {
      ofRadiology.all++;
      if (named) ofRadiology.kind++;
      if (labels.length > 0) ofRadiology.labelled++;
    }
    for (const match of caption.matchAll(/\p{L}{3,}/gu)) {
      const word = match[0].toLowerCase();
      if (ordinary.has(word)) continue;
      words++;
      if (entities.some((one) => one.start <= match.index && match.index < one.end)) known++;
      else unknown.set(word, (unknown.get(word) ?? 0) + 1);
    }
  }
  const share = (part: number, all: number): string => `${((100 * part) / all).toFixed(1)} %`;
  const commonest = [...unknown].sort(([, a], [, b]) => b - a).slice(0, 300);
  console.log(`captions ${captions.length}; with a kind of image ${share(kind, captions.length)}`);
  console.log(`with a label ${share(labelled, captions.length)}; content words in an entity ${share(known, words)}`);
  const { all, kind: some, labelled: any } = ofRadiology;
  console.log(`of radiology ${all}; with a kind of image ${share(some, all)}, with a label ${share(any, all)}`);
  console.log(commonest.map(([word, count]) => `${word} ${count}`).join(', '));
}
