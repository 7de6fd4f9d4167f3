/**
 * Patients of whole articles on the development set. Run: npx tsx test/eval/patients.ts [--errors N] [--bioc] [--show NAME]
 * Reads ../shared/eval/patients, which is not part of the repository.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseRecord } from '../../core/article/caseRecord.js';
import { defaultConfig } from '../../core/config.js';
import { buildEngine } from '../../core/container.js';

const shared = new URL('../../../shared/eval/', import.meta.url).pathname;
const argument = (name: string): string | undefined =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
if (!existsSync(join(shared, 'patients'))) {
  console.error(`The development set is not there: ${shared}patients. It is not part of the repository.`);
  process.exit(2);
}

async function main(): Promise<void> {
  const engine = await buildEngine(defaultConfig(process.cwd()), [
    'article-reader',
    'patient-segmenter',
    'demographics',
  ]);
  const segmenter = engine.processor('patient-segmenter');
  const demographics = engine.processor('demographics');
  const out: unknown[] = [];
  const folder =
    argument('--folder') ?? join(shared, 'patients', process.argv.includes('--bioc') ? 'bioc' : 'articles');
  const only = argument('--show');
  for (const name of readdirSync(folder).sort()) {
    if (only && !name.includes(only)) continue;
    const bytes = readFileSync(join(folder, name));
    const reader = engine
      .processors('article-reader')
      .find((r) => r.accepts(bytes.toString('utf8').slice(0, 4096), name));
    if (!reader) {
      console.error(`No reader takes ${name}.`);
      continue;
    }
    const chunks = (async function* () {
      yield new Uint8Array(bytes);
    })();
    for await (const article of reader.read({ file: name.replace('.bioc.xml', '.xml'), chunks })) {
      const segmentation = segmenter.segment(article);
      const record = caseRecord(article, segmentation, (text) => demographics.read(engine.doc(text)));
      out.push(record);
      if (only)
        console.log(JSON.stringify({ ...record, figures: segmentation.cases.map(({ figures }) => figures) }, null, 1));
    }
  }
  if (only) return;
  const file = argument('--out') ?? join(mkdtempSync(join(tmpdir(), 'legenda-')), 'patients.jsonl');
  writeFileSync(file, out.map((row) => JSON.stringify(row)).join('\n'));
  if (argument('--folder')) return;
  const gold = join(shared, 'patients', 'gold-dev.jsonl');
  const score = [join(shared, 'score-patients.mjs'), gold, file, '--errors', argument('--errors') ?? '0'];
  console.log(execFileSync('node', score, { encoding: 'utf8' }));
}

void main();
