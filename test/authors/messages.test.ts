import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { validatePacks } from '../../core/pack/index.js';

/** What those who know YAML, and no patterns, wrote when they tried; and what they are told. */
it('says what to write where a name or number has a form that is not allowed', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'legenda-messages-'));
  writeFileSync(join(cwd, 'pack.yaml'), 'id: My Pack\nversion: "1.0"\nengine: "*"\nextends: []\nrules: [r/*.yaml]\n');
  writeFileSync(
    join(cwd, 'd.yaml'),
    'entity: Finding\nlanguage: english\nvalues:\n  Tooth Resorption: { terms: [a b] }\n',
  );
  const told = async (): Promise<string[]> => {
    const { diagnostics } = await validatePacks([cwd], { builtin: false, cwd });
    return diagnostics.map(({ code, help = '' }) => `${code}: ${help}`);
  };
  expect(await told()).toEqual(expect.arrayContaining(['wrong-value: write `my-pack`', 'wrong-value: write `1.0.0`']));
  writeFileSync(join(cwd, 'pack.yaml'), 'id: my-pack\nversion: 1.0.0\nengine: "*"\nrules: [r/*.yaml]\n');
  expect(await told()).toEqual([
    'wrong-value: write `finding`',
    "wrong-value: ISO 639-1 code of the words' language.",
    'wrong-value: write `tooth_resorption`',
    'empty-glob: paths are relative to the pack file; where there are none of them, take the line out',
  ]);
  rmSync(cwd, { recursive: true });
});
