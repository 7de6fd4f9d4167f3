// Runs an image splitter over ../shared/eval/figures, unaided and told the number of panels, and scores both.
//   npx tsx test/eval/panels.ts [--plugin gutters|opencv] [--letters off] [--out DIR] [--errors N]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ImageSplitter, Plugin, PluginContext } from '../../core/plugin/contract.js';

const { values } = parseArgs({
  options: {
    plugin: { type: 'string', default: 'gutters' },
    letters: { type: 'string', default: 'on' },
    out: { type: 'string' },
    errors: { type: 'string' },
    'second-opinion': { type: 'string', default: 'opencv' },
  },
});
const folder = new URL('../../../shared/eval/', import.meta.url).pathname;
const gold = join(folder, 'figures/gold.jsonl');
if (!existsSync(gold)) {
  console.error('The development figures (../shared/eval/figures) are not here; they are not part of this repository.');
  process.exit(2);
}

interface Row {
  readonly file: string;
  readonly panels: readonly unknown[];
}
async function main(): Promise<void> {
  const url = new URL(`../../plugins/image-splitter-${values.plugin}/index.ts`, import.meta.url).href;
  const plugin = ((await import(url)) as { default: Plugin<'image-splitter', Record<string, unknown>> }).default;
  const properties = (plugin.options as { properties: Record<string, { default: unknown }> }).properties;
  const options = Object.fromEntries(Object.entries(properties).map(([name, p]) => [name, p.default]));
  if ('letters' in options) options.letters = values.letters === 'on';
  if ('second_opinion' in options) options.second_opinion = values['second-opinion'];
  const splitter: ImageSplitter = plugin.setup({} as PluginContext, options);
  const rows = readFileSync(gold, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
  const out = values.out ?? mkdtempSync(join(tmpdir(), 'panels-'));
  mkdirSync(out, { recursive: true });
  for (const mode of ['unaided', 'told'] as const) {
    const lines: string[] = [];
    const began = performance.now();
    for (const { file, panels } of rows) {
      const bytes = readFileSync(join(folder, 'figures/images', file));
      const split = await splitter.split({ file, bytes, expectedPanels: mode === 'told' ? panels.length : undefined });
      lines.push(JSON.stringify({ file, ...split }));
    }
    const ms = (performance.now() - began) / rows.length;
    const predicted = join(out, `${mode}.jsonl`);
    writeFileSync(predicted, lines.join('\n') + '\n');
    console.log(`${mode}: ${predicted}, ${ms.toFixed(1)} ms a figure`);
    const errors = values.errors ? ['--errors', values.errors] : [];
    console.log(execFileSync('node', [join(folder, 'score-panels.mjs'), gold, predicted, ...errors]).toString());
  }
}
await main();
