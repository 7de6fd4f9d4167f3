// The whole `label` process against the least that a pass can be, and beside wink-nlp, in one run on one core each.
//   npm run bench [-- --captions 60000 --runs 3]
// Prints ratios: 1 means as fast as the minimal pass. Reads ../shared/eval/captions/bulk.jsonl where it is there, else
// the captions that ship.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const captions = option('captions', 60_000);
const runs = option('runs', 3);
const corpus = [join(root, '../shared/eval/captions/bulk.jsonl'), join(root, 'examples/captions.jsonl')].find((f) =>
  existsSync(f),
);
const folder = mkdtempSync(join(tmpdir(), 'legenda-bench-'));
const input = join(folder, 'captions.jsonl');
const terms = join(folder, 'terms.json');

const lines = readFileSync(corpus, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line).caption);
let text = '';
for (let i = 0; i < captions; i++)
  text += `${JSON.stringify({ id: `c${i}`, caption: `${lines[i % lines.length]} ${i}` })}\n`;
writeFileSync(input, text);

const { loadPacks } = await import('../dist/core/pack/index.js');
const { variants } = await import('../dist/core/pack/variants.js');
const { effective } = loadPacks([]);
const rows = [];
for (const { entity, values } of effective.dictionaries) {
  if (entity === undefined) continue;
  for (const { value, labels, terms: written } of values) {
    for (const term of written)
      for (const variant of variants(term, effective))
        if (!variant.includes('*')) rows.push([variant, entity, value, labels]);
  }
}
writeFileSync(terms, JSON.stringify(rows));

const contestants = {
  'minimal pass': ['bench/minimalPass.mjs', terms, input, join(folder, 'a.jsonl')],
  'legenda label': ['bin/run.js', 'label', input, '-o', join(folder, 'b.jsonl'), '--workers', '1', '--quiet'],
  'wink-nlp': ['bench/winkPass.mjs', terms, input, join(folder, 'c.jsonl')],
};
const seconds = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
const memory = {};
for (let run = 0; run < runs; run++) {
  for (const [name, args] of Object.entries(contestants)) {
    const started = process.hrtime.bigint();
    const { status, stderr } = spawnSync('/usr/bin/env', ['node', '--import', './bench/peakMemory.mjs', ...args], {
      cwd: root,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
    seconds[name].push(Number(process.hrtime.bigint() - started) / 1e9);
    memory[name] = Number(/peak (\d+)/.exec(stderr)?.[1] ?? 0);
  }
}
rmSync(folder, { recursive: true });

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const baseline = median(seconds['minimal pass']);
console.log(
  `${captions} captions of ${corpus.endsWith('bulk.jsonl') ? 'the development set' : 'the sample'}, ${rows.length} terms, ${runs} runs each, one thread, median`,
);
for (const [name, values] of Object.entries(seconds)) {
  const s = median(values);
  const rate = Math.round(captions / s).toLocaleString('en');
  console.log(
    `${name.padEnd(14)} ${s.toFixed(2)} s  ${rate.padStart(8)}/s  ratio ${(baseline / s).toFixed(2)}  peak ${memory[name]} MB`,
  );
}
