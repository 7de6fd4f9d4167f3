import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, legenda, root, start } from '../cli/legenda.js';

const folder = mkdtempSync(join(tmpdir(), 'legenda-resume-'));
const at = (name: string): string => join(folder, name);
/** Long enough for some checkpoints: a millisecond a caption, one worker. */
const CAPTIONS = 4500;
const slow = (output: string): string[] => [
  'label',
  'in.jsonl',
  '-o',
  output,
  '--config',
  'slow.yaml',
  '--workers',
  '1',
  '--allow-rejects',
];

beforeAll(() => {
  build();
  writeFileSync(
    at('slow.yaml'),
    `slots: { assertion: ${JSON.stringify(join(root, 'test/fixtures/plugins/slow.mjs'))} }\n`,
  );
  // Each line has a kilobyte that is passed through, so that there are many batches. Some lines are bad, some ids recur.
  const ballast = 'x'.repeat(1024);
  const lines = Array.from({ length: CAPTIONS }, (_, i) => {
    if (i % 97 === 96) return `{"id":"bad${i}"`;
    const id = i % 89 === 88 ? `c${i % 1000}` : `c${i}`;
    return JSON.stringify({ id, caption: `CT (${i}) of the chest – no mass.`, ballast });
  });
  writeFileSync(at('in.jsonl'), `${lines.join('\n')}\n`);
  expect(legenda(slow('whole.jsonl'), folder).status).toBe(0);
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true }));

function expectWhole(name: string): void {
  expect(readFileSync(at(name)).equals(readFileSync(at('whole.jsonl')))).toBe(true);
  expect(readFileSync(at(`${name}.rejects.jsonl`)).equals(readFileSync(at('whole.jsonl.rejects.jsonl')))).toBe(true);
  expect(readdirSync(folder).filter((one) => one.startsWith(`${name}.`))).toEqual([`${name}.rejects.jsonl`]);
}

/** Starts a pass and sends it a signal once it has a checkpoint, some time later. */
async function interrupted(
  args: readonly string[],
  output: string,
  signal: NodeJS.Signals,
  later: number,
): Promise<number | NodeJS.Signals> {
  const before = existsSync(at(`${output}.checkpoint.json`))
    ? readFileSync(at(`${output}.checkpoint.json`), 'utf8')
    : '';
  const { child, ended } = start(args, folder);
  const fresh = (): boolean => {
    try {
      return readFileSync(at(`${output}.checkpoint.json`), 'utf8') !== before;
    } catch {
      return false;
    }
  };
  while (!fresh() && child.exitCode === null) await wait(20);
  await wait(later);
  child.kill(signal);
  return ended;
}

describe('--resume', () => {
  it('after kill -9 at random points gives the same bytes, duplicates and rejects too', async () => {
    let kills = 0;
    for (let round = 0; round < 3; round++) {
      const args = round === 0 ? slow('killed.jsonl') : [...slow('killed.jsonl'), '--resume'];
      const how = await interrupted(args, 'killed.jsonl', 'SIGKILL', Math.random() * 900);
      if (how === 'SIGKILL') kills++;
      if (existsSync(at('killed.jsonl'))) break;
    }
    expect(kills).toBeGreaterThan(0);
    if (!existsSync(at('killed.jsonl'))) {
      const { status, stdout } = legenda([...slow('killed.jsonl'), '--resume', '--json'], folder);
      expect(JSON.parse(stdout)).toMatchObject({ resumed: true });
      expect(status).toBe(0);
    }
    expectWhole('killed.jsonl');
  }, 120_000);

  it('after SIGINT: nothing stands under the final name, and the pass is completed', async () => {
    expect(await interrupted(slow('stopped.jsonl'), 'stopped.jsonl', 'SIGINT', 100)).toBe(130);
    expect(existsSync(at('stopped.jsonl'))).toBe(false);
    const { status, stdout } = legenda([...slow('stopped.jsonl'), '--resume', '--json'], folder);
    expect(JSON.parse(stdout)).toMatchObject({ resumed: true });
    expect(status).toBe(0);
    expectWhole('stopped.jsonl');
  }, 120_000);

  it('works for tables', async () => {
    expect(await interrupted(slow('t.csv'), 't.csv', 'SIGKILL', 300)).toBe('SIGKILL');
    expect(existsSync(at('t.csv'))).toBe(false);
    expect(JSON.parse(legenda([...slow('t.csv'), '--resume', '--json'], folder).stdout)).toMatchObject({
      resumed: true,
    });
    expect(legenda(slow('whole.csv'), folder).status).toBe(0);
    expect(readFileSync(at('t.csv')).equals(readFileSync(at('whole.csv')))).toBe(true);
    expect(readdirSync(folder).filter((one) => one.startsWith('t.csv'))).toEqual(['t.csv', 't.csv.rejects.jsonl']);
  }, 120_000);

  it('starts anew where a plugin has changed', async () => {
    const plugin = readFileSync(join(root, 'test/fixtures/plugins/slow.mjs'), 'utf8');
    writeFileSync(at('own.mjs'), plugin);
    writeFileSync(at('own.yaml'), 'slots: { assertion: ./own.mjs }\n');
    const args = ['label', 'in.jsonl', '-o', 'own.jsonl', '--config', 'own.yaml', '--workers', '1', '--allow-rejects'];
    expect(await interrupted(args, 'own.jsonl', 'SIGKILL', 0)).toBe('SIGKILL');
    writeFileSync(at('own.mjs'), plugin.replace('+ 1;', '+ 0;').replace("'present'", "'absent'"));
    const { stdout } = legenda([...args, '--resume', '--json'], folder);
    expect(JSON.parse(stdout)).toMatchObject({ resumed: false });
    expect(readFileSync(at('own.jsonl'), 'utf8')).not.toContain(
      '"assertion":"present","codes":{},"confidence":0.5,"origin":{"pack":"findings',
    );
  }, 120_000);
});
