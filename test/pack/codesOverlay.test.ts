import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine, type Engine } from '../../core/index.js';

/** The overlay of docs/codes.md: codes that may not ship with the packs, put beside those that do. */
describe('an overlay of codes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'codes-'));
  let engine: Engine;

  beforeAll(async () => {
    writeFileSync(
      join(folder, 'pack.yaml'),
      [
        'id: my-codes',
        'version: 1.0.0',
        'engine: ">=0.1.0 <1.0.0"',
        'extends: [anatomy, findings]',
        'dictionaries: []',
        'overrides:',
        '  - { id: anatomy/chest/lung, codes: { local: "L-1" }, why: Codes of our edition }',
        '  - { id: findings/trauma/fracture, codes: { mesh: other, local: "L-2" } }',
      ].join('\n'),
    );
    engine = await openEngine({ packs: [folder] });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const codesOf = (caption: string, entity: string): unknown =>
    engine.label(caption).entities.find((one) => one.entity === entity)?.codes;

  it('stand beside the codes of the pack', () => {
    expect(codesOf('Radiograph of the lung.', 'anatomy')).toEqual({ mesh: 'D008168', local: 'L-1' });
  });

  it('replace a code of the same name', () => {
    expect(codesOf('A fracture is seen.', 'finding')).toEqual({ mesh: 'other', local: 'L-2' });
  });

  it('change no label', () => {
    expect(engine.label('Radiograph of the lung.').labels).toEqual(['x_ray', 'thorax']);
  });
});
