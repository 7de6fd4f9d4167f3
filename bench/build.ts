/**
 * The whole pipeline: articles and images per second, by stage, one worker and all cores, as whole processes in turns.
 *
 *   npm run build && npx tsx bench/build.ts [--copies 3] [--rounds 3] [--workers 2] [FOLDER]
 *
 * FOLDER holds articles; without one the development set is taken (../shared/eval/articles), else the sample. A picture is drawn for
 * every figure, with as many panels as its caption names. `--copies` repeats the articles under other ids.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { defaultConfig } from '../core/config.js';
import { buildEngine } from '../core/container.js';
import { readArticles } from '../core/pipeline/articles.js';
import type { BuildSummary } from '../core/pipeline/build/runBuild.js';
import { drawFigure, type FigurePlan } from '../test/image/figure.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    copies: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const source = [positionals[0], join(root, '../shared/eval/articles'), join(root, 'examples/articles')].find(
  (folder) => folder !== undefined && existsSync(folder),
)!;
const scratch = mkdtempSync(join(tmpdir(), 'legenda-build-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

type Summary = BuildSummary & { readonly seconds: number; readonly cpu_seconds: number; readonly peak_mb: number };

/** Articles under other ids, and a picture for every figure. */
async function prepare(): Promise<{ articles: number; figures: number }> {
  const [articles, images] = [join(scratch, 'articles'), join(scratch, 'figures')];
  mkdirSync(articles);
  mkdirSync(images);
  const engine = await buildEngine(defaultConfig(root), ['article-reader', 'caption-splitter', 'assertion']);
  const known = readdirSync(source).filter((name) => /\.(xml|nxml|json|txt)$/.test(name));
  let [count, figures] = [0, 0];
  for (const name of known) {
    const text = readFileSync(join(source, name), 'utf8');
    for await (const result of readArticles([join(source, name)], engine.processors('article-reader'))) {
      if ('reject' in result) continue;
      const { article } = result;
      for (const [i, figure] of article.figures.entries()) {
        figures++;
        const { parts } = engine.read(figure.caption);
        const file = (figure.file ?? figure.figure_id)
          .split('/')
          .pop()!
          .replace(/\.(jpe?g|png|gif|tiff?)$/i, '');
        writeFileSync(join(images, `${file}.jpg`), await draw(parts.length, figures * 31 + i));
      }
      for (let copy = 0; copy < Number(values.copies); copy++) {
        // Only an article with a PMCID can be made another one.
        if (copy > 0 && article.pmcid === null) break;
        const id = article.pmcid === null ? '' : article.pmcid.slice(3);
        const other = copy === 0 ? text : text.replaceAll(new RegExp(`\\b(PMC)?${id}\\b`, 'g'), `$1${id}${copy}`);
        writeFileSync(join(articles, `${copy}-${name}`), other);
        count++;
      }
    }
  }
  return { articles: count, figures };
}

async function draw(panels: number, seed: number): Promise<Buffer> {
  const columns = Math.ceil(Math.sqrt(panels));
  const layout: number[] = [];
  for (let left = panels; left > 0; left -= columns) layout.push(Math.min(columns, left));
  const plan: FigurePlan = {
    seed,
    width: 1000,
    height: 800,
    layout,
    gutter: panels > 1 ? 10 : 0,
    content: seed % 3 === 0 ? 'scan' : 'photo',
    noise: 4,
  };
  const { data, width, height } = drawFigure(plan);
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer();
}

function build(workers: number): Summary {
  const output = join(scratch, `dataset-${workers}`);
  rmSync(output, { recursive: true, force: true });
  const args = ['bin/run.js', 'build', join(scratch, 'articles'), '--images', join(scratch, 'figures'), '-o', output];
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...args, '--workers', String(workers), '--json', '--allow-rejects', '--quiet'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Summary;
}

const made = await prepare();
const many = Number(values.workers);
console.log(
  `${made.articles} articles, ${made.figures} pictures drawn; ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)} before`,
);
const times = new Map<number, Summary[]>([
  [1, []],
  [many, []],
]);
for (let round = 0; round < Number(values.rounds); round++)
  for (const [workers, all] of times) all.push(build(workers));
const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
for (const [workers, all] of times) {
  const [{ articles, images, figures, missing }] = all;
  const seconds = median(all.map((s) => s.seconds));
  console.log(
    `${workers} worker${workers === 1 ? ' ' : 's'}  ${(articles / seconds).toFixed(1)} articles/s  ${(images / seconds).toFixed(1)} images/s  ` +
      `${seconds.toFixed(1)} s (best ${Math.min(...all.map((s) => s.seconds)).toFixed(1)})  ${articles} articles, ${figures} figures (${missing} missing), ${images} images`,
  );
  const { stages } = all[0];
  const sum = Object.values(stages).reduce((a, b) => a + b, 0);
  const shares = Object.entries(stages).map(
    ([stage, s]) => `${stage} ${s.toFixed(1)} s (${Math.round((100 * s) / sum)} %)`,
  );
  console.log(
    `  processor time ${median(all.map((s) => s.cpu_seconds)).toFixed(1)} s, start of the program included; at most ${Math.max(...all.map((s) => s.peak_mb))} MB`,
  );
  console.log(`  working time of the first round: ${shares.join(', ')}`);
}
const [one, all] = [times.get(1)!, times.get(many)!];
const ratio = median(one.map((s) => s.seconds)) / median(all.map((s) => s.seconds));
const best = Math.min(...one.map((s) => s.seconds)) / Math.min(...all.map((s) => s.seconds));
console.log(`${many} workers against one: ${ratio.toFixed(2)} times (medians), ${best.toFixed(2)} times (best rounds)`);
const cpu = median(one.map((s) => s.cpu_seconds)) / median(all.map((s) => s.cpu_seconds));
console.log(`by processor time alone, as if nothing else ran: at most ${(many * cpu).toFixed(2)} times`);
