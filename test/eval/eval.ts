// Shows that `legenda eval` and the scorer of the development sets agree on the development captions, which are in
// ../shared and no part of the repository:
//   npx tsx test/eval/eval.ts
// Both get the same classes and ancestors (labels.json), since the scorer knows no others. Exits with 1 where they differ.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { evaluate, readGold, type Score } from '../../core/eval/index.js';
import { openEngine } from '../../core/index.js';

const shared = join(dirname(fileURLToPath(import.meta.url)), '../../../shared/eval');
if (!existsSync(shared)) {
  console.error('The development sets are not here: expected ../shared/eval beside the repository.');
  process.exit(2);
}
const goldFile = join(shared, 'captions/gold-dev.jsonl');
const { records } = await readGold(goldFile);
const engine = await openEngine();
const predictions = new Map(records.map(({ id, caption }) => [id, engine.label(caption)]));
const predictedFile = join(mkdtempSync(join(tmpdir(), 'eval-')), 'predicted.jsonl');
writeFileSync(predictedFile, [...predictions].map(([id, record]) => `${JSON.stringify({ id, ...record })}\n`).join(''));

type Counts = Readonly<Record<'precision' | 'recall' | 'f1', number>>;
type Scored = Readonly<
  Record<'labels' | 'laterality' | 'findings' | 'findings_with_polarity' | 'absent_findings' | 'sites', Counts>
>;
const scorer = [join(shared, 'score-labels.mjs'), goldFile, predictedFile];
const theirs = JSON.parse(execFileSync(process.execPath, scorer, { encoding: 'utf8' })) as Scored & {
  labels_macro_f1: number;
};

const classes = JSON.parse(readFileSync(join(shared, 'labels.json'), 'utf8')) as Record<string, readonly string[]>;
const ancestorsOf = (label: string): readonly string[] => classes[label] ?? [];
const { labels, entities } = evaluate(records, predictions, { ancestorsOf, knows: (label) => label in classes });
const { finding, anatomy, laterality } = entities;

const rows: (readonly [name: string, ours: Score | undefined, theirs: Counts])[] = [
  ['labels', labels?.micro, theirs.labels],
  ['laterality', laterality.values, theirs.laterality],
  ['findings', finding.overlap, theirs.findings],
  ['findings with polarity', finding.overlap_with_assertion, theirs.findings_with_polarity],
  ['absent findings', finding.by_assertion?.absent, theirs.absent_findings],
  ['sites', anatomy.overlap, theirs.sites],
];
const four = (n: number | undefined): string => (n ?? NaN).toFixed(4);
const all = (c: Counts | undefined): string => [c?.precision, c?.recall, c?.f1].map(four).join(' / ');
let differ = four(labels?.macro.f1) !== four(theirs.labels_macro_f1);
console.log(`labels, macro: legenda eval ${four(labels?.macro.f1)}, score-labels ${four(theirs.labels_macro_f1)}`);
for (const [name, ours, other] of rows) {
  console.log(`${name}: legenda eval ${all(ours)}, score-labels ${all(other)}`);
  differ ||= all(ours) !== all(other);
}
console.log(differ ? 'They differ.' : 'They agree.');
process.exitCode = differ ? 1 : 0;
