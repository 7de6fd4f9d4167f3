import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SLOTS } from '../../core/config.js';
import { schemas } from '../../core/pack/schemas/index.js';
import { SLOTS } from '../../core/plugin/contract.js';
import { referencePages } from './reference.js';

const config = JSON.parse(readFileSync('core/config.schema.json', 'utf8')) as {
  properties: Record<string, { properties: Record<string, { description: string }> }>;
};

describe('docs/reference', () => {
  it.each(referencePages().map(({ path, content }) => [path, content]))(
    '%s is that of the schema (npm run update)',
    (path, content) => {
      expect(readFileSync(path, 'utf8')).toBe(content);
    },
  );

  it('has no page without a schema', () => {
    const names = [...Object.keys(schemas), 'config'].map((kind) => `${kind}.md`);
    expect(readdirSync('docs/reference').sort()).toEqual(names.sort());
  });

  it('tells the meaning of every key', () => {
    const mute = referencePages().flatMap(({ path, content }) =>
      content
        .split('\n')
        .filter((line) => /\| *\|$/u.test(line) && line !== '|---|---|---|')
        .map((line) => `${path}: ${line}`),
    );
    expect(mute).toEqual([]);
  });
});

describe('the schema of the config', () => {
  const validate = new Ajv2020({ strict: false }).compile(config);

  it('has the slots of the contract and their built-in plugins', () => {
    const slots = config.properties.slots.properties;
    expect(Object.keys(slots).sort()).toEqual([...SLOTS].sort());
    for (const slot of SLOTS) {
      if (slot === 'source') continue;
      for (const { plugin } of DEFAULT_SLOTS[slot]) expect(slots[slot].description).toContain(`\`${plugin}\``);
    }
  });

  it.each([
    [{}, true],
    [{ packs: ['./burns'], builtin: false, normalise: 'organ' }, true],
    [
      {
        slots: {
          demographics: { plugin: '@lab/de', options: { oldest: 18 } },
          'article-reader': ['jats', './mine.js'],
        },
      },
      true,
    ],
    [{ slots: { assertion: ['context', 'other'] } }, false],
    [{ slots: { asertion: 'context' } }, false],
    [{ pack: ['./burns'] }, false],
    [{ packs: './burns' }, false],
  ])('and loadConfig agree on %j', async (value, fits) => {
    expect(validate(value)).toBe(fits);
    expect(await loads(value)).toBe(fits);
  });
});

async function loads(value: unknown): Promise<boolean> {
  const { mkdtempSync, rmSync, writeFileSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const { loadConfig } = await import('../../core/loadConfig.js');
  const folder = mkdtempSync(join(tmpdir(), 'legenda-config-'));
  try {
    writeFileSync(join(folder, 'c.yaml'), JSON.stringify(value));
    await loadConfig(join(folder, 'c.yaml'));
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
