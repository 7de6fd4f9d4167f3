import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, jsonLines, legenda } from '../cli/legenda.js';

const folder = mkdtempSync(join(tmpdir(), 'legenda-image-workers-'));
const at = (name: string): string => join(folder, name);
/** Batches of four figures, large ones and small ones by turns: the small ones are done long before the large ones. */
const FIGURES = 160;
const sideOf = (i: number): number => (Math.floor(i / 4) % 2 === 0 ? 1600 : 40);
const nameOf = (i: number): string => join('figures', `f${String(i).padStart(3, '0')}.png`);
const DAMAGED = 20;

beforeAll(async () => {
  build();
  mkdirSync(at('figures'));
  const pictures = new Map<number, Uint8Array>();
  for (const side of [40, 1600]) {
    const blank = sharp({ create: { width: side, height: side, channels: 3, background: '#c0a080' } });
    pictures.set(side, await blank.png().toBuffer());
  }
  for (let i = 0; i < FIGURES; i++) writeFileSync(at(nameOf(i)), pictures.get(sideOf(i))!);
  writeFileSync(at(nameOf(DAMAGED)), 'no picture');
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('figures in several threads', () => {
  it('come out in the order of the files, as from one', () => {
    const pass = (workers: number): Buffer => {
      const output = at(`boxes-${workers}.jsonl`);
      const args = ['run', 'image-splitter', 'figures', '-o', output, '--workers', String(workers), '--allow-rejects'];
      expect(legenda(args, folder)).toMatchObject({ status: 0 });
      return readFileSync(output);
    };
    const one = pass(1);
    const three = pass(3);
    expect(three.equals(one)).toBe(true);
    const told = jsonLines(one.toString()).map(({ file, width }) => [file, width]);
    const expected = Array.from({ length: FIGURES }, (_, i) => [nameOf(i), sideOf(i)]);
    expect(told).toEqual(expected.toSpliced(DAMAGED, 1));
    expect(jsonLines(readFileSync(at('boxes-3.jsonl.rejects.jsonl'), 'utf8'))).toMatchObject([{ line: DAMAGED + 1 }]);
  });
});
