// Measures the caption splitter on the gold subcaptions: `npx tsx test/eval/subcaptions.ts [--errors N]`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codePointMap } from '../../core/text/index.js';
import { defaultConfig } from '../../core/config.js';
import { buildEngine } from '../../core/container.js';

const shared = new URL('../../../shared/eval/', import.meta.url);
const gold = new URL('subcaptions/gold-dev.jsonl', shared);
if (!existsSync(gold)) {
  console.error('The gold subcaptions are not here: ../shared/eval/subcaptions/gold-dev.jsonl');
  process.exit(2);
}
const engine = await buildEngine(defaultConfig(process.cwd()), ['caption-splitter']);
const splitter = engine.processor('caption-splitter');

interface Row {
  readonly id: string;
  readonly caption: string;
}
const rowsOf = (file: URL): Row[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row);

function predict({ id, caption }: Row): string {
  const point = codePointMap(caption);
  const { subcaptions, confidence, reasons } = splitter.split({ doc: engine.doc(caption) });
  const points = subcaptions.map((s) => ({
    ...s,
    ranges: s.ranges.map(({ start, end }) => [point(start), point(end)]),
  }));
  return JSON.stringify({ id, subcaptions: points, confidence, reasons });
}

/** Words that no panel, marker or joining word holds, over captions without truth. */
function lostWords(rows: readonly Row[]): { captions: number; split: number; lost: number } {
  const joining = new Set(['and', 'or', 'y', 'et', 'e', 'und', 'followed', 'by', 'then', 'as', 'well', 'also']);
  let split = 0;
  let lost = 0;
  for (const { caption } of rows) {
    const { subcaptions, markers } = splitter.split({ doc: engine.doc(caption) });
    if (subcaptions[0].panel === null) continue;
    split++;
    const covered = new Uint8Array(caption.length);
    for (const { ranges } of subcaptions) for (const { start, end } of ranges) covered.fill(1, start, end);
    for (const m of markers) if (m.taken) covered.fill(1, m.start, m.end);
    for (const m of caption.matchAll(/[\p{L}\p{N}]+/gu)) {
      if (covered[m.index] === 0 && !joining.has(m[0].toLowerCase())) lost++;
    }
  }
  return { captions: rows.length, split, lost };
}
for (const name of ['subcaptions/all.jsonl', 'captions/bulk.jsonl']) {
  console.log(name, JSON.stringify(lostWords(rowsOf(new URL(name, shared)))));
}

const folder = mkdtempSync(join(tmpdir(), 'legenda-subcaptions-'));
try {
  const file = join(folder, 'predicted.jsonl');
  writeFileSync(file, rowsOf(gold).map(predict).join('\n'));
  const scorer = fileURLToPath(new URL('score-subcaptions.mjs', shared));
  const { stdout, stderr, status } = spawnSync('node', [scorer, fileURLToPath(gold), file, ...process.argv.slice(2)], {
    encoding: 'utf8',
  });
  console.log(stdout, stderr);
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
