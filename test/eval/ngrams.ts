// Compares the built-in packs with MultiCaRe's annotated n-grams on the same captions; both lie in ../shared, which is no
// part of the repository:
//   npx tsx test/eval/ngrams.ts
// The n-grams become a pack by what `legenda import annotated-ngrams` does, in a temporary folder, and label the
// development captions by themselves; then the built-in packs do. A third column joins both.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { evaluate, readGold, type EvalReport, type Score } from '../../core/eval/index.js';
import { importAnnotatedNgrams } from '../../core/import/index.js';
import { openEngine, type Engine } from '../../core/index.js';
import { loadPacks } from '../../core/pack/index.js';

const shared = join(dirname(fileURLToPath(import.meta.url)), '../../../shared');
const csv = join(shared, 'data/multicare/annotated_ngrams.csv');
if (!existsSync(csv)) {
  console.error('The n-grams are not here: expected ../shared/data/multicare beside the repository.');
  process.exit(2);
}
const pack = importAnnotatedNgrams(readFileSync(csv, 'utf8'), {
  classes: loadPacks([]).effective.taxonomy.classes.keys(),
});
const folder = join(mkdtempSync(join(tmpdir(), 'ngrams-')), pack.id);
for (const { path, content } of pack.files) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const { records } = await readGold(join(shared, 'eval/captions/gold-dev.jsonl'));
const classes = JSON.parse(readFileSync(join(shared, 'eval/labels.json'), 'utf8')) as Record<string, readonly string[]>;
const captions = readFileSync(join(shared, 'eval/captions/bulk.jsonl'), 'utf8').split('\n').filter(Boolean);
const bulk = captions.map((line) => (JSON.parse(line) as { caption: string }).caption);

interface Column {
  readonly report: EvalReport;
  readonly labelled: number;
}

/** Labels that the scorer's list lacks are left out on both sides, as it does. */
function score(engine: Engine): Column {
  const known = (labels: readonly string[]): string[] => labels.filter((label) => label in classes);
  const predictions = new Map(
    records.map(({ id, caption }) => {
      const { labels, entities } = engine.label(caption, { ancestors: true });
      return [id, { labels: known(labels), entities }];
    }),
  );
  const report = evaluate(records, predictions, {
    ancestorsOf: (label) => classes[label] ?? [],
    knows: (label) => label in classes,
    samples: 1000,
  });
  const labelled = bulk.filter((caption) => engine.label(caption).labels.length > 0).length;
  return { report, labelled: labelled / bulk.length };
}

const ngrams = score(await openEngine({ config: { builtin: false }, packs: [folder] }));
const builtin = score(await openEngine());
const both = score(await openEngine({ packs: [folder] }));

const cell = ({ precision, recall, f1, interval }: Score): string =>
  `${f1.toFixed(3)} [${interval?.f1.map((n) => n.toFixed(3)).join(', ') ?? ''}] (P ${precision.toFixed(3)}, R ${recall.toFixed(3)})`;
const row = (name: string, of: (column: Column) => string): void => {
  console.log(`| ${name} | ${[ngrams, builtin, both].map(of).join(' | ')} |`);
};
console.log('| | n-grams alone | built-in packs | both |\n|---|---|---|---|');
row('labels, micro F1', ({ report }) => cell(report.labels!.micro));
row('labels, macro F1', ({ report }) => report.labels!.macro.f1.toFixed(3));
row('captions of bulk.jsonl with a label', ({ labelled }) => `${(100 * labelled).toFixed(1)} %`);
console.log('\nLabels on which they differ most (F1 of the n-grams, of the built-in packs, captions in the truth):');
const of = (column: Column, label: string): number => column.report.labels!.by_label[label]?.f1 ?? 0;
const support = ({ tp, fn }: Score): number => tp + fn;
Object.entries(builtin.report.labels!.by_label)
  .filter(([, one]) => support(one) >= 3)
  .sort(([a], [b]) => of(ngrams, a) - of(builtin, a) - (of(ngrams, b) - of(builtin, b)))
  .slice(0, 15)
  .forEach(([label, one]) => {
    console.log(`${label}: ${of(ngrams, label).toFixed(2)}, ${of(builtin, label).toFixed(2)}, ${support(one)}`);
  });
const better = Object.keys(builtin.report.labels!.by_label).filter((label) => of(ngrams, label) > of(builtin, label));
console.log(`Better with the n-grams: ${better.join(', ') || 'none'}`);
