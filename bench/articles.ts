/**
 * Articles per second, beside BeautifulSoup (lxml) on the same files: rounds of both take turns in one run, and the
 * ratio of the medians is what counts. Then one file of 200 MB, for its memory.
 *
 *   python3 -m venv .venv && .venv/bin/pip install beautifulsoup4 lxml
 *   npx tsx bench/articles.ts [--python .venv/bin/python] [--rounds 7] [FOLDER]
 *
 * FOLDER holds JATS files; without one the development set is taken, where it is there.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readArticles } from '../core/pipeline/articles.js';
import { readers } from '../test/article/readers.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { python: { type: 'string', default: 'python3' }, rounds: { type: 'string', default: '7' } },
});
const folder = positionals[0] ?? fileURLToPath(new URL('../../shared/eval/articles', import.meta.url));
if (!existsSync(folder)) {
  console.error(`There is no folder ${folder}: give one that holds JATS files.`);
  process.exit(2);
}
const files = readdirSync(folder)
  .filter((name) => /\.n?xml$/.test(name))
  .map((name) => join(folder, name));
const megabytes = files.reduce((sum, file) => sum + readFileSync(file).length, 0) / 1e6;
const plugins = readers();

async function ours(): Promise<{ seconds: number; figures: number }> {
  const start = performance.now();
  let figures = 0;
  for await (const result of readArticles(files, plugins)) {
    if ('reject' in result) throw new Error(`${result.reject.file}: ${result.reject.error}`);
    figures += result.article.figures.length;
  }
  return { seconds: (performance.now() - start) / 1000, figures };
}

const python = spawn(values.python, [fileURLToPath(new URL('articles.py', import.meta.url))], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
async function theirs(): Promise<{ seconds: number; figures: number }> {
  python.stdin.write(`${files.join('\n')}\n\n`);
  const { value, done } = await answers.next();
  if (done) throw new Error('Python ended: are beautifulsoup4 and lxml installed? See the top of this file.');
  const [seconds, figures] = String(value).split(' ').map(Number);
  return { seconds, figures };
}

const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[numbers.length >> 1];
const [mine, his]: [number[], number[]] = [[], []];
for (let round = -1; round < Number(values.rounds); round++) {
  const [a, b] = [await ours(), await theirs()];
  if (a.figures !== b.figures) console.error(`figures differ: ${a.figures} and ${b.figures}`);
  if (round < 0) continue; // The first round warms both up.
  mine.push(a.seconds);
  his.push(b.seconds);
}
python.stdin.end();
const [fast, slow] = [median(mine), median(his)];
console.log(`${files.length} articles, ${megabytes.toFixed(1)} MB, median of ${values.rounds} rounds`);
console.log(`legenda        ${(files.length / fast).toFixed(0)} articles/s  ${(megabytes / fast).toFixed(1)} MB/s`);
console.log(`BeautifulSoup  ${(files.length / slow).toFixed(0)} articles/s  ${(megabytes / slow).toFixed(1)} MB/s`);
console.log(`ratio          ${(slow / fast).toFixed(1)}`);

const scratch = mkdtempSync(join(tmpdir(), 'articles-'));
try {
  const big = join(scratch, 'all.xml');
  const out = createWriteStream(big);
  const contents = files.map((file) => readFileSync(file));
  let written = 0;
  while (written < 200e6) {
    for (const content of contents) {
      written += content.length;
      if (!out.write(content)) await once(out, 'drain');
    }
  }
  out.end();
  await once(out, 'finish');
  const quarters: number[] = [];
  let read = 0;
  const total = (written / (megabytes * 1e6)) * files.length;
  const start = performance.now();
  for await (const result of readArticles([big], plugins)) {
    if ('reject' in result) throw new Error(result.reject.error);
    const quarter = Math.min(3, Math.floor((4 * read++) / total));
    if (read % 20 === 0) quarters[quarter] = Math.max(quarters[quarter] ?? 0, process.memoryUsage().rss / 1e6);
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `one file of ${(written / 1e6).toFixed(0)} MB: ${read} articles, ${seconds.toFixed(1)} s, most memory in each quarter ${quarters.map((mb) => mb.toFixed(0)).join(', ')} MB`,
  );
} finally {
  rmSync(scratch, { recursive: true });
}
