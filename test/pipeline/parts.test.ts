import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Blame } from '../../core/pipeline/blame.js';
import { fileStamp, loadCheckpoint, saveCheckpoint } from '../../core/pipeline/checkpoint.js';
import { figureNamer, sharedNames } from '../../core/pipeline/figureNames.js';
import { IdLog } from '../../core/pipeline/idLog.js';
import { imageSource } from '../../core/pipeline/imageSource.js';
import { readBatches } from '../../core/pipeline/input.js';
import { RejectLog } from '../../core/pipeline/output.js';
import { SeenIds } from '../../core/pipeline/seenIds.js';
import type { Lost } from '../../core/pipeline/seat.js';

const folder = mkdtempSync(join(tmpdir(), 'legenda-parts-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

describe('ids that were met', () => {
  it('are remembered over an interruption, generations and all', () => {
    const ids = Array.from({ length: 60 }, (_, i) => ((i * 7) % 41) + 1);
    const whole = new SeenIds(undefined, 16);
    const expected = ids.map((id, i) => whole.meet(id, i + 1));
    for (const cut of [0, 1, 15, 16, 17, 31, 32, 33, 50]) {
      const log = new IdLog(at('ids'));
      const before = new SeenIds(log, 16);
      const answers = ids.slice(0, cut).map((id, i) => before.meet(id, i + 1));
      const kept = log.flush();
      // What was met after the last checkpoint is forgotten.
      ids.slice(cut).forEach((id, i) => before.meet(id + 100, i + 1));
      log.close();
      const after = new SeenIds(new IdLog(at('ids'), kept), 16);
      answers.push(...ids.slice(cut).map((id, i) => after.meet(id, cut + i + 1)));
      expect(answers).toEqual(expected);
    }
  });
});

describe('a checkpoint', () => {
  const checkpoint = {
    fingerprint: 'f',
    file: 0,
    position: 1,
    line: 2,
    records: 1,
    outputBytes: 5,
    rejectBytes: 0,
    rejects: 0,
    ids: 1,
  };
  it('counts only for the same pass, and where what it speaks of is there', () => {
    writeFileSync(at('o.partial'), '12345');
    saveCheckpoint(at('o'), checkpoint);
    const grown = (path: string) => (c: { outputBytes: number }) => [[path, c.outputBytes]] as const;
    expect(loadCheckpoint(at('o'), 'f', grown(at('o.partial')))).toEqual(checkpoint);
    expect(loadCheckpoint(at('o'), 'g', grown(at('o.partial')))).toBeNull();
    expect(loadCheckpoint(at('o'), 'f', grown(at('gone')))).toBeNull();
    writeFileSync(at('o.partial'), '1234');
    expect(loadCheckpoint(at('o'), 'f', grown(at('o.partial')))).toBeNull();
  });

  it('knows when its input has changed', () => {
    writeFileSync(at('in'), 'a');
    const before = fileStamp(at('in'));
    writeFileSync(at('in'), 'ab');
    expect(fileStamp(at('in'))).not.toBe(before);
  });
});

describe('rejects of an interrupted pass', () => {
  it('beyond the checkpoint are cut off, and none are left where there are none', () => {
    const log = new RejectLog(at('r'));
    log.write([{ line: 1, error: 'one' }]);
    const kept = log.bytes;
    log.write([{ line: 2, error: 'two' }]);
    new RejectLog(at('r'), kept).commit();
    expect(readFileSync(at('r'), 'utf8')).toBe('{"line":1,"error":"one"}\n');
    new RejectLog(at('r')).write([{ line: 1, error: 'one' }]);
    new RejectLog(at('r')).commit();
    expect(existsSync(at('r'))).toBe(false);
    expect(existsSync(at('r.partial'))).toBe(false);
  });
});

describe('a lost worker', () => {
  const lost = (line: number, hung: boolean): Lost => ({
    kind: 'lost',
    line,
    hung,
    why: 'it ended',
    plugin: { name: 'p', slot: 'assertion' },
  });
  it('costs the record that hung, or that was under way twice', () => {
    const blame = new Blame();
    expect(blame.lost(lost(3, true))).toBe(true);
    expect(blame.lost(lost(5, false))).toBe(false);
    expect(blame.lost(lost(5, false))).toBe(true);
    expect([...blame.refused]).toEqual([
      [3, "plugin 'p' (assertion): it ended"],
      [5, "plugin 'p' (assertion): it ended"],
    ]);
  });
  it('with no record under way is forgiven twice', () => {
    const blame = new Blame();
    expect(blame.lost(lost(0, true))).toBe(false);
    expect(blame.lost(lost(0, false))).toBe(false);
    expect(() => blame.lost(lost(0, false))).toThrow(/3 times between two records: it ended/);
  });
});

describe('lists of figures', () => {
  const images = at('images');
  mkdirSync(join(images, 'a'), { recursive: true });
  mkdirSync(join(images, 'b'));
  for (const name of ['a/fig1.jpg', 'a/fig1.png', 'b/Fig1.jpg', 'b/fig2.jpg', 'a/fig3.jpg', 'fig4.jpg', 'b/fig5.jpg'])
    writeFileSync(join(images, name), name);

  it('go on where they stopped, and show that they have changed', async () => {
    const source = imageSource([images]);
    const all: string[] = [];
    const positions: number[] = [];
    for await (const { bytes, position } of source.read('images')) {
      all.push(...new TextDecoder().decode(bytes).split('\n'));
      positions.push(position);
    }
    expect(positions).toEqual([4, 7]);
    for await (const { bytes, firstLine } of imageSource([images]).read('images', 4)) {
      expect(firstLine).toBe(5);
      expect(new TextDecoder().decode(bytes).split('\n')).toEqual(all.slice(4));
    }
    const before = source.stamp!();
    writeFileSync(join(images, 'b/fig6.jpg'), '');
    expect(imageSource([images]).stamp!()).not.toBe(before);
    rmSync(join(images, 'b/fig6.jpg'));
    expect(imageSource([images]).stamp!()).toBe(before);
  });

  it('in a file are cut into batches that can be resumed one by one', async () => {
    const lines = Array.from({ length: 11 }, (_, i) => JSON.stringify({ file: `${i}.png`, note: 'é'.repeat(i) }));
    writeFileSync(at('list.jsonl'), `${lines.join('\n')}\n`);
    const read = async (
      from?: number,
      line?: number,
    ): Promise<{ text: string; position: number; firstLine: number }[]> => {
      const found = [];
      for await (const { bytes, position, firstLine } of imageSource([at('list.jsonl')]).read(
        at('list.jsonl'),
        from,
        line,
      )) {
        found.push({ text: new TextDecoder().decode(bytes), position, firstLine });
      }
      return found;
    };
    const all = await read();
    expect(all.map((one) => one.firstLine)).toEqual([1, 5, 9]);
    expect(await read(all[0].position, 5)).toEqual(all.slice(1));
  });

  it('keep the documented names, and the folders of figures whose names would fall together', async () => {
    const nameOf = figureNamer(images, await sharedNames(imageSource([images]), images));
    const path = (file: string): string => {
      const { folder: below, name } = nameOf(join(images, file));
      return join(below, name);
    };
    expect(path('b/fig2.jpg')).toBe('fig2');
    expect(path('fig4.jpg')).toBe('fig4');
    expect(path('b/Fig1.jpg')).toBe(join('b', 'Fig1'));
    expect(path('a/fig1.jpg')).toBe(join('a', 'fig1.jpg'));
    expect(path('a/fig1.png')).toBe(join('a', 'fig1.png'));
    expect(figureNamer(images, { stems: 'all', paths: [] })('../elsewhere/x.png').folder.startsWith('..')).toBe(false);
  });
});

describe('lines of a file', () => {
  it('are cut the same whatever the size of a batch', async () => {
    writeFileSync(at('lines.jsonl'), Array.from({ length: 50 }, (_, i) => `{"id":${i}}`).join('\n'));
    const read = async (size?: { bytes: number; records: number }): Promise<string> => {
      let text = '';
      for await (const { bytes } of readBatches(at('lines.jsonl'), 0, 1, size)) text += new TextDecoder().decode(bytes);
      return text;
    };
    const whole = readFileSync(at('lines.jsonl'), 'utf8');
    for (const size of [
      undefined,
      { bytes: 30, records: Infinity },
      { bytes: Infinity, records: 7 },
      { bytes: 30, records: 2 },
    ]) {
      expect(await read(size)).toBe(whole);
    }
  });
});
