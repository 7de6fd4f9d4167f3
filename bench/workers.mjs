// `legenda label` on one worker against several, the whole process, in turns, over many captions.
//   npm run build && node bench/workers.mjs [--captions 500000] [--runs 3] [--workers 2]
// Prints the ratio of the medians, and of the best runs: on a machine with other work the best runs mean more.
// Reads ../shared/eval/captions/bulk.jsonl where it is there, else the captions that ship.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const captions = option('captions', 500_000);
const runs = option('runs', 3);
const workers = option('workers', 2);
const corpus = [join(root, '../shared/eval/captions/bulk.jsonl'), join(root, 'examples/captions.jsonl')].find((f) =>
  existsSync(f),
);
const folder = mkdtempSync(join(tmpdir(), 'legenda-bench-'));
const input = join(folder, 'captions.jsonl');

const lines = readFileSync(corpus, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line).caption);
const file = openSync(input, 'w');
for (let from = 0; from < captions; from += 10_000) {
  let text = '';
  for (let i = from; i < Math.min(from + 10_000, captions); i++)
    text += `${JSON.stringify({ id: `c${i}`, caption: `${lines[i % lines.length]} ${i}` })}\n`;
  writeSync(file, text);
}
closeSync(file);

const outputs = new Map();
function pass(count) {
  const output = join(folder, `out-${count}.jsonl`);
  const started = process.hrtime.bigint();
  const args = ['bin/run.js', 'label', input, '-o', output, '--workers', String(count), '--quiet'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`label --workers ${count} failed: ${stderr}`);
  outputs.set(count, output);
  return Number(process.hrtime.bigint() - started) / 1e9;
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const show = (s) => `${s.toFixed(2)} s (${Math.round(captions / s).toLocaleString('en')}/s)`;
try {
  const one = [];
  const several = [];
  for (let run = 0; run < runs; run++) {
    one.push(pass(1));
    several.push(pass(workers));
  }
  if (!readFileSync(outputs.get(1)).equals(readFileSync(outputs.get(workers)))) throw new Error('the outputs differ');
  console.log(
    `${captions.toLocaleString('en')} captions, ${runs} runs each in turns, ${availableParallelism()} cores, load before ${loadavg()[0].toFixed(1)}; the outputs are equal`,
  );
  console.log(`1 worker:  median ${show(median(one))}, best ${show(Math.min(...one))}`);
  console.log(`${workers} workers: median ${show(median(several))}, best ${show(Math.min(...several))}`);
  console.log(
    `ratio of medians ${(median(one) / median(several)).toFixed(2)}, of the best ${(Math.min(...one) / Math.min(...several)).toFixed(2)}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
