import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contextualDefaults } from '../../core/import/contextualDefaults.js';

it('the generated defaults are those of the dictionaries (npx tsx test/contextual/update-defaults.ts)', () => {
  const { path, content } = contextualDefaults((file) => readFileSync(file, 'utf8'));
  expect(readFileSync(path, 'utf8')).toBe(content);
});

it('no cue only lengthens another one, which would change confidences', async () => {
  const { ASSERTION_PREFIXES } = await import('../../core/match/contextual/generated/defaults.js');
  for (const cue of ASSERTION_PREFIXES) {
    const head = ASSERTION_PREFIXES.find((other) => other !== cue && cue.startsWith(`${other} `));
    expect(head, `${cue} begins with a cue`).toBeUndefined();
  }
});
