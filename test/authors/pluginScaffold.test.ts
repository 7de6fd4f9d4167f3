import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validatePacks } from '../../core/pack/index.js';
import { SLOTS } from '../../core/plugin/contract.js';
import { newPlugin, writeScaffold } from '../../core/scaffold/index.js';
import { Desk, ROOT } from './page.js';

const desk = new Desk();
const name = (slot: string): string => `my-${slot}`;

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/setup.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  for (const slot of SLOTS) writeScaffold(newPlugin(`@lab/${name(slot)}`, slot), desk.folder);
}, 600_000);
afterAll(() => rmSync(desk.folder, { recursive: true }));

describe.each(SLOTS)('a skeleton for %s', (slot) => {
  it('passes its own test, the conformance kit included', () => {
    const { output, status } = desk.run('npm test', name(slot));
    expect(status, output).toBe(0);
    expect(output).toMatch(/^# pass 2$/mu);
  });

  const commands = newPlugin(name(slot), slot).next.filter(
    (step) => step.includes('npx legenda run') && !step.includes('your-'),
  );
  it.each(commands)('shows what it does: %s', (command) => {
    const { output, status } = desk.run(command, name(slot));
    expect(status, output).toBe(0);
    const words = {
      demographics: '"Female"',
      assertion: '"absent"',
      'caption-splitter': '"B"',
      'article-reader': '"A case"',
      'patient-segmenter': 'A man came',
    };
    expect(output).toContain(words[slot as keyof typeof words]);
  });

  it('has words that are valid', async () => {
    const hasWords = newPlugin(name(slot), slot).files.some(({ path }) => path === 'words.yaml');
    const folder = join(desk.folder, name(slot));
    expect(existsSync(join(folder, 'pack.yaml'))).toBe(hasWords);
    if (hasWords) expect((await validatePacks([folder], { builtin: false })).diagnostics).toEqual([]);
  });
});

it('the types of all skeletons and of the example hold', () => {
  const files = SLOTS.flatMap((slot) =>
    ['index.js', 'index.test.js'].map((file) => join(desk.folder, name(slot), file)),
  );
  const program = ts.createProgram(files, {
    ...{ checkJs: true, strict: true, skipLibCheck: true, maxNodeModuleJsDepth: 0, noEmit: true },
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    typeRoots: [join(ROOT, 'node_modules/@types')],
    types: ['node'],
  });
  const faults = ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName.replace(desk.folder, '')}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
  expect(faults).toEqual([]);
});
