/**
 * The example subset on tables of MultiCaRe's size: the whole command beside pandas and DuckDB in Python, on the same files
 * in the same run, by turns.
 *
 *     npx tsx bench/subset.generate.ts /tmp/big
 *     npx tsx bench/subset.ts /tmp/big [--python /path/to/python] [--rounds 5]
 *
 * Python needs pandas, pyarrow and duckdb; without it legenda stands alone.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [dataset] = process.argv.slice(2);
const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
if (!dataset || !existsSync(join(dataset, 'images.parquet')))
  throw new Error('usage: npx tsx bench/subset.ts DATASET; make one with bench/subset.generate.ts');
const root = fileURLToPath(new URL('..', import.meta.url));
const bin = option('--bin', join(root, 'bin/run.js'));
const python = option('--python', 'python3');
const rounds = Number(option('--rounds', '5'));
const out = mkdtempSync(join(tmpdir(), 'legenda-bench-'));
const example = [
  '--min-age',
  '18',
  '--gender',
  'male',
  '--case-text-any',
  'tumor,cancer,carcinoma',
  '--caption-any',
  'metastasis,tumor,mass',
  '--label',
  'mri,head',
];
const hasPython = spawnSync(python, ['-c', 'import pandas, duckdb, pyarrow']).status === 0;

type Run = { readonly name: string; readonly command: readonly string[] };
const legenda = (...args: string[]): string[] => [process.execPath, bin, 'subset', dataset, ...args];
const runs: Run[] = [
  { name: 'legenda, count', command: legenda('--count', ...example) },
  {
    name: 'legenda, text',
    command: legenda('-o', join(out, 'text'), '--force', '--quiet', '--type', 'text', ...example),
  },
  {
    name: 'legenda, count by case text alone',
    command: legenda('--count', '--type', 'text', '--case-text-any', 'tumor,cancer,carcinoma'),
  },
  {
    name: 'legenda, count by finding',
    command: legenda(
      '--count',
      '--type',
      'text',
      '--entity',
      'finding=mass laterality=left anatomy=brain assertion=present',
    ),
  },
  ...(hasPython
    ? ['pandas', 'duckdb'].flatMap((engine) =>
        ['count', 'text'].map((what) => ({
          name: `${engine}, ${what}`,
          command: [python, join(root, 'bench/subset.py'), engine, what, dataset, join(out, 'cases.csv')],
        })),
      )
    : []),
];

const timer = existsSync('/usr/bin/time');
const measured = runs.map(() => ({ wall: [] as number[], cpu: [] as number[], memory: 0, says: '' }));
for (let round = 0; round < rounds; round++) {
  for (const [i, { name, command }] of runs.entries()) {
    const started = performance.now();
    const [file, ...args] = timer ? ['/usr/bin/time', '-f', '%U %S %M', ...command] : command;
    const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
    measured[i].wall.push((performance.now() - started) / 1000);
    measured[i].says = stdout.trim();
    if (!timer) continue;
    const [user, system, kilobytes] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number);
    measured[i].cpu.push(user + system);
    measured[i].memory = Math.max(measured[i].memory, kilobytes / 1000);
  }
}
const median = (values: readonly number[]): string =>
  values.length === 0 ? '–' : [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)].toFixed(2);
const least = (values: readonly number[]): string => Math.min(...values).toFixed(2);
console.log(`${rounds} rounds by turns; Node ${process.version}\n`);
console.log('| what | s, least | s, median | CPU s, median | MB, most | result |\n|---|---:|---:|---:|---:|---|');
for (const [i, { name }] of runs.entries()) {
  const { wall, cpu, memory, says } = measured[i];
  console.log(
    `| ${name} | ${least(wall)} | ${median(wall)} | ${median(cpu)} | ${memory === 0 ? '–' : Math.round(memory)} | ${says} |`,
  );
}
if (!hasPython) console.log(`\n${python} has no pandas, pyarrow and duckdb: they were left out`);
rmSync(out, { recursive: true });
