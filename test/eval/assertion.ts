// Measures the assertion plugin on the development sets in ../shared, which are no part of the repository:
//   npx tsx test/eval/assertion.ts [--errors SET]
// SET is the beginning of a set's name (`negex`, `e3c`, `nubes`); its wrong rows are printed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultConfig } from '../../core/config.js';
import { buildEngine } from '../../core/container.js';
import { utf16Map } from '../../core/text/index.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const shared = join(root, '../shared/eval');
if (!existsSync(shared)) {
  console.error('The development sets are not here: expected ../shared/eval beside the repository.');
  process.exit(2);
}
const errorsOf = process.argv.includes('--errors') ? process.argv[process.argv.indexOf('--errors') + 1] : undefined;
const scratch = mkdtempSync(join(tmpdir(), 'assertion-'));
const engine = await buildEngine(defaultConfig(root), ['assertion']);
const classifier = engine.processor('assertion');

interface Row {
  readonly id: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly polarity: string;
  readonly set: string;
  readonly scheme: string;
}
interface Scores {
  readonly n: number;
  readonly accuracy: number;
  readonly absent: { n: number; precision: number | null; recall: number | null; f1: number | null };
  readonly possible: Scores['absent'];
}
const lines = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);

for (const name of ['dev.jsonl', 'dev-esfr.jsonl']) {
  const gold = join(shared, 'assertion', name);
  const rows = lines<Row>(gold).map((row) => {
    const at = utf16Map(row.text);
    const span = { start: at(row.start), end: at(row.end) };
    const [{ assertion, cue }] = classifier.classify(engine.doc(row.text), [span]);
    return { ...row, ...span, assertion, cue: cue && row.text.slice(cue.start, cue.end) };
  });
  const predicted = join(scratch, name);
  writeFileSync(predicted, rows.map(({ id, assertion }) => JSON.stringify({ id, assertion })).join('\n'));
  const printed = execFileSync('node', [join(shared, 'score-assertion.mjs'), gold, predicted], { encoding: 'utf8' });
  const scores = JSON.parse(printed) as { main: Scores; second: Scores; by_set: Record<string, Scores> };
  const table = { all: scores.main ?? scores.second, ...scores.by_set };
  for (const [set, s] of Object.entries(table)) {
    const cell = (x: Scores['absent']): string => (x.n ? `P ${x.precision} R ${x.recall} F1 ${x.f1} (${x.n})` : '-');
    console.log(
      `${name} ${set.padEnd(10)} n ${s.n} acc ${s.accuracy} | absent ${cell(s.absent)} | possible ${cell(s.possible)}`,
    );
  }
  if (errorsOf === undefined) continue;
  for (const row of rows.filter((r) => r.set.startsWith(errorsOf))) {
    const got = mapped(row.assertion, row.scheme);
    if (got === row.polarity) continue;
    const { text, start, end } = row;
    const left = text.slice(Math.max(0, start - 150), start);
    console.log(
      `${row.set} ${row.polarity}→${row.assertion} {${row.cue ?? ''}} ${left}[[${text.slice(start, end)}]]${text.slice(end, end + 90)}`.replace(
        /\s+/g,
        ' ',
      ),
    );
  }
}

interface Captioned {
  readonly id: string;
  readonly caption: string;
  readonly findings: readonly { start: number; end: number; text: string; polarity: string }[];
}
let right = 0;
let all = 0;
for (const { id, caption, findings } of lines<Captioned>(join(shared, 'captions/gold-dev.jsonl'))) {
  const at = utf16Map(caption);
  const results = classifier.classify(
    engine.doc(caption),
    findings.map((f) => ({ start: at(f.start), end: at(f.end) })),
    'caption',
  );
  results.forEach(({ assertion, cue }, i) => {
    all++;
    const got = mapped(assertion, 'three');
    if (got === findings[i].polarity) right++;
    else
      console.log(
        `caption ${id}: ${findings[i].text} is ${findings[i].polarity}, not ${assertion} (${cue ? caption.slice(cue.start, cue.end) : ''})`,
      );
  });
}
console.log(`captions: polarity right ${right} of ${all} gold findings (${(right / all).toFixed(4)})`);

/** As the scorers fold seven assertions into three polarities. */
function mapped(assertion: string, scheme: string): string {
  if (assertion === 'absent') return 'absent';
  return scheme === 'three' && ['possible', 'hypothetical', 'conditional'].includes(assertion) ? 'possible' : 'present';
}
