import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chosenPlugins } from '../../core/config.js';
import { loadEffective } from '../../core/pack/loadEffective.js';
import { workerRunner } from '../../core/pipeline/runners.js';
import { build, jsonLines, legenda, root } from '../cli/legenda.js';

const folder = mkdtempSync(join(tmpdir(), 'legenda-faults-'));
const at = (name: string): string => join(folder, name);
const fixture = (name: string): string => join(root, 'test/fixtures/plugins', `${name}.mjs`);
/** A config in which one plugin fills the slot that it is for. */
function configOf(slots: Readonly<Record<string, string>>): string {
  const name = at(`${Object.values(slots).join('-')}.yaml`);
  const lines = Object.entries(slots).map(([slot, plugin]) => `  ${slot}: ${JSON.stringify(fixture(plugin))}\n`);
  writeFileSync(name, `slots:\n${lines.join('')}`);
  return name;
}

beforeAll(() => {
  build();
  const captions = [
    { id: 'c1', caption: 'CT of the chest with a mass.' },
    { id: 'c2', caption: 'CT of the chest with a mass 🔬 in trouble.' },
    { id: 'c3', caption: 'MRI of the knee with a fracture.' },
  ];
  writeFileSync(at('in.jsonl'), captions.map((one) => `${JSON.stringify(one)}\n`).join(''));
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('a plugin that fails on a caption costs that caption, not the pass', () => {
  it.each([
    ['throws', 'assertion', 'it broke'],
    ['hangs', 'assertion', 'no answer within 2 seconds'],
    ['exits', 'assertion', 'the worker ended (exit 3)'],
    ['outside', 'assertion', 'a cue lies outside the text'],
    ['halves', 'assertion', 'a cue lies outside the text'],
    ['moves', 'assertion', 'it changed its input: the concepts'],
    ['retokenises', 'assertion', 'it changed its input: the text or its tokens'],
    ['misshapes', 'assertion', 'classify must return an array'],
    ['invents', 'assertion', "'perhaps' is no assertion"],
    ['promises', 'assertion', 'classify must answer at once, not with a promise'],
    ['misplacesPanels', 'caption-splitter', 'a range lies outside the caption'],
  ])('%s', (plugin, slot, fault) => {
    const timeout = plugin === 'hangs' ? ['--timeout', '2'] : [];
    const args = ['label', 'in.jsonl', '-o', `${plugin}.jsonl`, '--config', configOf({ [slot]: plugin }), ...timeout];
    const { status, stderr } = legenda(args, folder);
    expect(stderr).toContain('1 of 3 lines rejected');
    expect(status).toBe(1);
    expect(jsonLines(readFileSync(at(`${plugin}.jsonl`), 'utf8')).map((one) => one.id)).toEqual(['c1', 'c3']);
    const name = plugin === 'misplacesPanels' ? 'misplaces-panels' : plugin;
    const [reject] = jsonLines(readFileSync(at(`${plugin}.jsonl.rejects.jsonl`), 'utf8'));
    expect(reject).toMatchObject({ line: 2, error: `plugin '${name}' (${slot}): ${fault} (record "c2")` });
    expect(JSON.parse(String(reject.raw))).toMatchObject({ id: 'c2' });
  });

  it('hoards', async () => {
    const slots = ['caption-splitter', 'assertion'] as const;
    const plugin = fixture('hoards');
    const config = { packs: [], builtin: true, slots: { assertion: [{ plugin }] }, base: folder };
    const runner = await workerRunner(
      {
        script: pathToFileURL(join(root, 'dist/bin/worker.js')),
        data: { config, slots, task: { kind: 'label', ancestors: false, explain: false } },
        timeout: 60,
        pack: loadEffective(config),
        plugins: chosenPlugins(config, slots).map((one) => ({ name: one.plugin, slot: one.slot })),
        limits: { maxOldGenerationSizeMb: 400 },
      },
      1,
    );
    try {
      const result = await runner.run({ index: 0, firstLine: 1, bytes: readFileSync(at('in.jsonl')), position: 0 });
      expect(result.rejects.map((one) => one.error)).toEqual([
        `plugin 'hoards' (assertion): the worker ran out of memory (record "c2")`,
      ]);
      expect(jsonLines(new TextDecoder().decode(result.bytes)).map((one) => one.id)).toEqual(['c1', 'c3']);
    } finally {
      await runner.close();
    }
  });

  it('what it prints does not get between the records', () => {
    const { status, stdout, stderr } = legenda(
      ['label', 'in.jsonl', '--config', configOf({ assertion: 'prints' })],
      folder,
    );
    expect(jsonLines(stdout).map((one) => one.id)).toEqual(['c1', 'c2', 'c3']);
    expect(stderr).toContain('"noise"');
    expect(status).toBe(0);
  });

  it('an age outside the text', () => {
    writeFileSync(at('texts.jsonl'), '{"id":1,"text":"fine"}\n{"id":2,"text":"trouble"}\n');
    const { status, stdout, stderr } = legenda(
      ['run', 'demographics', 'texts.jsonl', '--plugin', fixture('misreadsAge')],
      folder,
    );
    expect(jsonLines(stdout).map((one) => one.id)).toEqual([1]);
    expect(stderr).toContain("plugin 'misreads-age' (demographics): the age lies outside the text (record 2)");
    expect(status).toBe(1);
  });

  it('a picture that is waited for in vain', async () => {
    mkdirSync(at('figures'));
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    for (const name of ['a', 'trouble', 'z']) writeFileSync(at(`figures/${name}.png`), picture);
    const args = [
      'run',
      'image-splitter',
      'figures',
      '--plugin',
      fixture('neverDecodes'),
      '--timeout',
      '2',
      '--workers',
      '2',
    ];
    const { status, stdout, stderr } = legenda(args, folder);
    expect(jsonLines(stdout).map((one) => one.file)).toEqual([join('figures', 'a.png'), join('figures', 'z.png')]);
    expect(stderr).toContain("plugin 'never-decodes' (image-splitter): no answer within 2 seconds");
    expect(status).toBe(1);
  });

  it('articles: a segmenter costs an article, a reader the rest of its file', () => {
    mkdirSync(at('articles'));
    for (const name of ['a', 'mischief', 'trouble', 'z'])
      writeFileSync(at(`articles/${name}.txt`), 'Heading\n\nA text.\n');
    const cases = legenda(
      ['run', 'patient-segmenter', 'articles', '--plugin', fixture('losesPatients'), '--timeout', '2'],
      folder,
    );
    expect(jsonLines(cases.stdout).map((one) => one.article_id)).toEqual(['a', 'z']);
    expect(cases.stderr).toContain("trouble: plugin 'loses-patients' (patient-segmenter): no answer within 2 seconds");
    expect(cases.stderr).toContain(
      "mischief: plugin 'loses-patients' (patient-segmenter): it changed its input: the article",
    );
    expect(cases.status).toBe(1);
    mkdirSync(at('lists'));
    writeFileSync(at('lists/one.txt'), 'first\nsecond\ntrouble\nfourth\n');
    writeFileSync(at('lists/two.txt'), 'last\n');
    const read = legenda(
      ['run', 'article-reader', 'lists', '--plugin', fixture('losesPlace'), '--timeout', '2'],
      folder,
    );
    expect(jsonLines(read.stdout).map((one) => one.title)).toEqual(['first', 'second', 'last']);
    expect(read.stderr).toContain("plugin 'loses-place' (article-reader): no answer within 2 seconds");
    expect(read.status).toBe(1);
  });
});

describe('a plugin that cannot be used stops the pass before it begins', () => {
  it.each([
    ['another interface', { assertion: 'old' }, 4, 'made for plugin interface 99; this engine has 1'],
    [
      'the name of a built-in plugin',
      { assertion: 'namesake' },
      2,
      "plugin 'context' (assertion): a built-in plugin has the same name",
    ],
    [
      'the name of another plugin',
      { 'caption-splitter': 'twin', assertion: 'throws' },
      2,
      'another plugin (caption-splitter) has the same name',
    ],
    ['another slot', { demographics: 'throws', assertion: 'twin' }, 2, "it fills 'caption-splitter', not 'assertion'"],
    [
      'a set-up that throws',
      { assertion: 'setupThrows' },
      5,
      "setup failed: no pack has a dictionary with 'lexicon: no-such-lexicon'",
    ],
    ['a set-up that hangs', { assertion: 'setupHangs' }, 5, 'setup failed: no answer within 2 seconds'],
  ])('%s', (_, slots, code, message) => {
    const { status, stdout, stderr } = legenda(
      ['label', 'in.jsonl', '--config', configOf(slots), '--timeout', '2'],
      folder,
    );
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(status).toBe(code);
  });

  it('a build too, where a set-up hangs', () => {
    mkdirSync(at('reports'));
    writeFileSync(at('reports/a.txt'), 'Heading\n\nA text.\n');
    const config = configOf({ assertion: 'setupHangs' });
    const { status, stderr } = legenda(
      ['build', 'reports', '-o', 'dataset', '--config', config, '--timeout', '2'],
      folder,
    );
    expect(stderr).toContain('setup failed: no answer within 2 seconds');
    expect(status).toBe(5);
  });
});
