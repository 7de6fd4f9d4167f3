/**
 * Age and gender on the development sets. Run: npx tsx test/eval/demographics.ts [--errors N]
 * Reads ../shared/eval/demographics, which is not part of the repository.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultConfig } from '../../core/config.js';
import { buildEngine } from '../../core/container.js';

const shared = new URL('../../../shared/eval/', import.meta.url).pathname;
if (!existsSync(join(shared, 'demographics'))) {
  console.error(`The development sets are not there: ${shared}demographics. They are not part of the repository.`);
  process.exit(2);
}
const errors = process.argv.includes('--errors') ? process.argv[process.argv.indexOf('--errors') + 1] : '0';

async function main(): Promise<void> {
  const engine = await buildEngine(defaultConfig(process.cwd()), ['demographics']);
  const reader = engine.processor('demographics');
  const folder = mkdtempSync(join(tmpdir(), 'legenda-'));
  for (const set of ['dev', 'dev-esfr']) {
    const gold = join(shared, 'demographics', `${set}.jsonl`);
    const lines = readFileSync(gold, 'utf8').trim().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as { id: string; text: string });
    const out = rows.map(({ id, text }) => ({ id, ...reader.read(engine.doc(text)) }));
    const file = join(folder, `${set}.jsonl`);
    writeFileSync(file, out.map((row) => JSON.stringify(row)).join('\n'));
    console.log(
      execFileSync('node', [join(shared, 'score-demographics.mjs'), gold, file, '--errors', errors], {
        encoding: 'utf8',
      }),
    );
  }
}

void main();
