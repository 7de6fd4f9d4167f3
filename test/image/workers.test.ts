import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, jsonLines, legenda } from '../cli/legenda.js';

const folder = mkdtempSync(join(tmpdir(), 'legenda-image-workers-'));
const at = (name: string): string => join(folder, name);
/** Batches of four figures, large ones and small ones by turns: the small ones are done long before the large ones. */
const FIGURES = 48;
const sideOf = (i: number): number => (Math.floor(i / 4) % 2 === 0 ? 1600 : 40);

beforeAll(async () => {
  build();
  mkdirSync(at('figures'));
  for (let i = 0; i < FIGURES; i++) {
    const side = sideOf(i) + i;
    const blank = sharp({ create: { width: side, height: side, channels: 3, background: '#c0a080' } });
    await blank.png().toFile(at(`figures/f${String(i).padStart(2, '0')}.png`));
  }
  writeFileSync(at('figures/f20.png'), 'no picture');
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('figures in several threads', () => {
  it('come out in the order of the files, each with its own size, as from one', () => {
    const pass = (workers: number): Buffer => {
      const output = at(`boxes-${workers}.jsonl`);
      const args = ['run', 'image-splitter', 'figures', '-o', output, '--workers', String(workers), '--allow-rejects'];
      expect(legenda(args, folder)).toMatchObject({ status: 0 });
      return readFileSync(output);
    };
    const one = pass(1);
    const three = pass(3);
    expect(three.equals(one)).toBe(true);
    const widths = jsonLines(one.toString()).map(({ width }) => width);
    const expected = Array.from({ length: FIGURES }, (_, i) => sideOf(i) + i);
    expect(widths).toEqual(expected.filter((_, i) => i !== 20));
    expect(jsonLines(readFileSync(at('boxes-3.jsonl.rejects.jsonl'), 'utf8'))).toMatchObject([{ line: 21 }]);
  });
});
