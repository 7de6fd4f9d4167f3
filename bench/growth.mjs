// What grows with what: ten times the captions, a dictionary of 100,000 generated terms, a million captions.
//   node bench/growth.mjs [--captions 60000] [--million]
// Prints ratios against the pass over the smaller input, with the built-in packs alone, in the same run.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const flag = process.argv.indexOf('--captions');
const captions = flag < 0 ? 60_000 : Number(process.argv[flag + 1]);
const folder = mkdtempSync(join(tmpdir(), 'legenda-growth-'));
const corpus = [join(root, '../shared/eval/captions/bulk.jsonl'), join(root, 'examples/captions.jsonl')].find((f) =>
  existsSync(f),
);
const lines = readFileSync(corpus, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line).caption);

function corpusOf(count) {
  const file = join(folder, `${count}.jsonl`);
  const fd = openSync(file, 'w');
  let text = '';
  for (let i = 0; i < count; i++) {
    text += `${JSON.stringify({ id: `c${i}`, caption: `${lines[i % lines.length]} ${i}` })}\n`;
    if (text.length > 1 << 20 || i === count - 1) {
      writeSync(fd, text);
      text = '';
    }
  }
  closeSync(fd);
  return file;
}

function label(file, ...more) {
  const started = process.hrtime.bigint();
  const args = [
    '--import',
    './bench/peakMemory.mjs',
    'bin/run.js',
    'label',
    file,
    '-o',
    join(folder, 'out.jsonl'),
    '--workers',
    '1',
    '--quiet',
    ...more,
  ];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return { seconds: Number(process.hrtime.bigint() - started) / 1e9, megabytes: Number(/peak (\d+)/.exec(stderr)[1]) };
}
const best = (...runs) => runs.reduce((a, b) => (a.seconds < b.seconds ? a : b));
const row = (name, { seconds, megabytes }, note = '') =>
  console.log(`${name.padEnd(44)} ${seconds.toFixed(2).padStart(7)} s  ${String(megabytes).padStart(4)} MB  ${note}`);

/** A pack with a dictionary of made-up terms of one to three words. */
function bigPack(terms) {
  const pack = join(folder, 'big');
  mkdirSync(pack);
  writeFileSync(join(pack, 'pack.yaml'), "id: big\nversion: 1.0.0\nengine: '>=0.1.0'\ndictionaries: [big.yaml]\n");
  const syllables = [
    'ba',
    'cor',
    'dem',
    'fil',
    'gran',
    'hyp',
    'lis',
    'mon',
    'nes',
    'pol',
    'rav',
    'sten',
    'tur',
    'vex',
    'zym',
  ];
  const word = (n) =>
    [n % 15, Math.floor(n / 15) % 15, Math.floor(n / 225) % 15, Math.floor(n / 3375) % 15]
      .map((k) => syllables[k])
      .join('');
  let text = 'entity: generated\nvalues:\n';
  for (let v = 0; v < terms / 4; v++) {
    text += `  value_${v}:\n    terms: [${[0, 1, 2, 3].map((k) => [word(v * 4 + k), word(v * 7 + k), word(v + k * 31)].slice(0, 1 + (k % 3)).join(' ')).join(', ')}]\n`;
  }
  writeFileSync(join(pack, 'big.yaml'), text);
  return pack;
}

const few = corpusOf(10);
const once = corpusOf(captions);
const tenfold = corpusOf(captions * 10);
const start = best(label(few), label(few), label(few));
const small = best(label(once), label(once));
const large = label(tenfold);
row('10 captions (the start)', start);
row(`${captions} captions`, small);
row(
  `${captions * 10} captions`,
  large,
  `${(large.seconds / small.seconds).toFixed(2)} times the time, ${(large.megabytes / small.megabytes).toFixed(2)} times the memory`,
);

const pack = bigPack(100_000);
const bigStart = best(label(few, '--pack', pack), label(few, '--pack', pack), label(few, '--pack', pack));
const bigPass = best(label(once, '--pack', pack), label(once, '--pack', pack));
row('10 captions, 100,000 terms more', bigStart, `${(bigStart.seconds - start.seconds).toFixed(2)} s to load them`);
row(
  `${captions} captions, 100,000 terms more`,
  bigPass,
  `the pass itself ${((bigPass.seconds - bigStart.seconds) / (small.seconds - start.seconds)).toFixed(2)} times the time`,
);

if (process.argv.includes('--million')) {
  const million = label(corpusOf(1_000_000));
  row('1,000,000 captions', million, `${Math.round(1_000_000 / million.seconds).toLocaleString('en')} a second`);
}
rmSync(folder, { recursive: true });
