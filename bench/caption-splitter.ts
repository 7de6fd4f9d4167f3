// Captions a second of the caption splitter, in one process: `npx tsx bench/caption-splitter.ts`.
// Reads ../shared/eval/captions/bulk.jsonl and ../shared/eval/subcaptions/all.jsonl. Cutting into tokens is timed apart:
// the engine does it once for all of its parts.
import { existsSync, readFileSync } from 'node:fs';
import { defaultConfig } from '../core/config.js';
import { buildEngine } from '../core/container.js';

const shared = new URL('../../shared/eval/', import.meta.url);
const bulk = new URL('captions/bulk.jsonl', shared);
const compound = new URL('subcaptions/all.jsonl', shared);
if (!existsSync(bulk) || !existsSync(compound)) {
  console.error('The captions are not here: ../shared/eval/captions/bulk.jsonl, ../shared/eval/subcaptions/all.jsonl');
  process.exit(2);
}
const captionsOf = (file: URL): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => (JSON.parse(line) as { caption: string }).caption);

const engine = await buildEngine(defaultConfig(process.cwd()), ['caption-splitter']);
const splitter = engine.processor('caption-splitter');
const ROUNDS = 15;

for (const [name, file] of [
  ['real captions', bulk],
  ['long compound captions', compound],
] as const) {
  const captions = captionsOf(file);
  const docs = captions.map((caption) => engine.doc(caption));
  let split = 0;
  let best = Infinity;
  let bestTokens = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    split = 0;
    let from = performance.now();
    for (const doc of docs) if (splitter.split({ doc }).subcaptions[0].panel !== null) split++;
    best = Math.min(best, performance.now() - from);
    from = performance.now();
    for (const caption of captions) engine.doc(caption);
    bestTokens = Math.min(bestTokens, performance.now() - from);
  }
  const rate = (ms: number): string => Math.round((captions.length / ms) * 1000).toLocaleString('en');
  console.log(
    `${name}: ${captions.length} captions, ${split} split; ${rate(best)} captions/s split, ${rate(bestTokens)} cut into tokens; ` +
      `ratio ${(best / bestTokens).toFixed(2)}`,
  );
}
