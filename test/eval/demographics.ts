/**
 * Age and gender on the development sets. Run: npx tsx test/eval/demographics.ts [--errors N] [--only en|esfr]
 * Reads ../shared/eval/demographics, which is not part of the repository.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import plugin from '../../plugins/demographics-rules/index.js';
import { devContext } from './devContext.js';

const shared = new URL('../../../shared/eval/', import.meta.url).pathname;
if (!existsSync(join(shared, 'demographics'))) {
  console.error(`The development sets are not there: ${shared}demographics. They are not part of the repository.`);
  process.exit(2);
}
const errors = process.argv.includes('--errors') ? process.argv[process.argv.indexOf('--errors') + 1] : '0';
const context = devContext();
const reader = plugin.setup(context, { languages: ['en', 'es', 'fr', 'pt'] });
const folder = mkdtempSync(join(tmpdir(), 'legenda-'));
for (const set of ['dev', 'dev-esfr']) {
  const gold = join(shared, 'demographics', `${set}.jsonl`);
  const rows = readFileSync(gold, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { id: string; text: string });
  const started = performance.now();
  const out = rows.map(({ id, text }) => ({ id, ...reader.read(context.doc(text)) }));
  const spent = performance.now() - started;
  const file = join(folder, `${set}.jsonl`);
  writeFileSync(file, out.map((row) => JSON.stringify(row)).join('\n'));
  console.log(set, `${(spent / rows.length).toFixed(2)} ms a text`);
  console.log(execFileSync('node', [join(shared, 'score-demographics.mjs'), gold, file, '--errors', errors], { encoding: 'utf8' }));
}
