/**
 * Reads the development set of articles (which is not part of the repository) and scores it.
 *   npx tsx test/eval/articles.ts [--errors N] [--out FILE]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { articleRecord } from '../../core/article/index.js';
import { readArticles } from '../../core/pipeline/articles.js';
import { readers } from '../article/readers.js';

const shared = fileURLToPath(new URL('../../../shared/eval/', import.meta.url));
if (!existsSync(join(shared, 'articles'))) {
  console.error('The development set is not here: ../shared/eval/articles is missing, so nothing is scored.');
  process.exit(2);
}
const flag = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const lines: string[] = [];
for await (const result of readArticles([join(shared, 'articles')], readers())) {
  if ('reject' in result) {
    if (!result.reject.file.endsWith('.jsonl')) console.error(`reject: ${result.reject.file}: ${result.reject.error}`);
  } else lines.push(JSON.stringify(articleRecord(result.article)));
}
const out = flag('--out', join(mkdtempSync(join(tmpdir(), 'articles-')), 'read.jsonl'));
writeFileSync(out, `${lines.join('\n')}\n`);
const scorer = [join(shared, 'score-articles.mjs'), join(shared, 'articles/index.jsonl'), out];
console.log(execFileSync('node', [...scorer, '--errors', flag('--errors', '20')], { encoding: 'utf8' }));
