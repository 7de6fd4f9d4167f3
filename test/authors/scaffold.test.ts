import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultConfig } from '../../core/config.js';
import { buildEngine } from '../../core/container.js';
import { validatePacks } from '../../core/pack/index.js';
import { intoPack, newPack, newPlugin, writeScaffold } from '../../core/scaffold/index.js';
import { readTarget } from '../../core/scaffold/readTarget.js';
import { testPacks } from '../../core/testing/index.js';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'legenda-new-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** What `legenda validate` and `legenda test --min-coverage 100` say of a pack, and how many cases there are. */
async function verdict(folder: string, builtin = true): Promise<{ faults: string[]; cases: number }> {
  const roots = [join(cwd, folder)];
  const { diagnostics } = await validatePacks(roots, { cwd, builtin });
  const report = await testPacks(
    roots,
    () => buildEngine({ ...defaultConfig(cwd), packs: roots, builtin }, ['caption-splitter', 'assertion']),
    { cwd, builtin, coverage: true, thresholds: { rules: 100, entries: 100, exceptions: 100 } },
  );
  return {
    faults: [...diagnostics, ...report.diagnostics].map(({ code, message }) => `${code}: ${message}`),
    cases: report.run?.results.length ?? 0,
  };
}
const target = (folder: string) => ({ ...readTarget(join(cwd, folder)), folder });

describe('legenda new', () => {
  it('makes a pack, and rules and dictionaries in it, that pass at once', async () => {
    writeScaffold(newPack('burns'), cwd);
    writeScaffold(intoPack('rule', 'burn-depth', target('burns')), cwd);
    writeScaffold(intoPack('rule', 'burn', target('burns'), 'finding'), cwd);
    writeScaffold(intoPack('dictionary', 'dressings', target('burns'), 'device'), cwd);
    writeScaffold(intoPack('dictionary', 'burn', target('burns'), 'finding'), cwd);
    const { faults, cases } = await verdict('burns');
    expect(faults).toEqual([]);
    expect(cases).toBeGreaterThanOrEqual(20);
  });

  it('puts a rule where the manifest finds it', async () => {
    const places = (manifest: object): string[] => {
      mkdirSync(join(cwd, 'p'), { recursive: true });
      writeFileSync(join(cwd, 'p/pack.yaml'), JSON.stringify({ id: 'p', version: '1.0.0', engine: '*', ...manifest }));
      const scaffold = intoPack('rule', 'depth', target('p'));
      return [scaffold.files[1].path, ...scaffold.next.filter((step) => step.startsWith('Add'))];
    };
    expect(places({ rules: ['more/r-*.yaml', 'lists/*.yaml'] })).toEqual(['lists/depth.yaml']);
    expect(places({ dictionaries: ['*.yaml'] })).toEqual(['depth.yaml']);
    expect(places({})).toEqual(['depth.yaml']);
    expect(places({ rules: ['../shared/*.yaml'], dictionaries: ['words.yaml'] })).toEqual([
      'rules/depth.yaml',
      "Add this line to p/pack.yaml, or it is not read: rules: ['rules/*.yaml']",
    ]);
  });

  it('serves a pack whose files all lie beside its manifest', async () => {
    mkdirSync(join(cwd, 'flat'));
    writeFileSync(join(cwd, 'flat/pack.yaml'), 'id: flat\nversion: 1.0.0\nengine: "*"\nextends: [language]\n');
    writeScaffold(intoPack('rule', 'depth', target('flat')), cwd);
    writeScaffold(intoPack('dictionary', 'tools', target('flat')), cwd);
    expect(await verdict('flat', false)).toMatchObject({ faults: [] });
  });

  it('overwrites nothing, and writes nothing then', () => {
    writeScaffold(newPack('burns'), cwd);
    writeFileSync(join(cwd, 'burns/rules/depth.test.yaml'), 'mine');
    expect(() => writeScaffold(intoPack('rule', 'depth', target('burns')), cwd)).toThrow(
      'burns/rules/depth.test.yaml is there already; nothing was written',
    );
    expect(() => readFileSync(join(cwd, 'burns/rules/depth.yaml'))).toThrow();
    expect(readFileSync(join(cwd, 'burns/rules/depth.test.yaml'), 'utf8')).toBe('mine');
  });

  it.each(['Burns', 'my burns', '../burns', 'burns-', '', '@lab/', 'bürns'])('refuses the name %j', (name) => {
    expect(() => newPack(name)).toThrow('cannot be a name');
  });

  it('takes the scope of an npm package off the folder', () => {
    const { folder, files } = newPlugin('@lab/ages', 'demographics');
    expect(folder).toBe('ages');
    const manifest = JSON.parse(files.find(({ path }) => path === 'package.json')!.content) as { name: string };
    expect(manifest.name).toBe('@lab/ages');
  });

  it('asks for a pack to put a rule into', () => {
    expect(() => readTarget(join(cwd, 'nowhere'))).toThrow("or make one by 'legenda new pack NAME'");
    writeFileSync(join(cwd, 'pack.yaml'), 'description: no id\n');
    expect(() => readTarget(cwd)).toThrow('has no id');
  });

  it('leaves no placeholder in what it writes', () => {
    const scaffolds = [newPack('burns'), newPlugin('ages', 'demographics'), newPlugin('cutter', 'image-splitter')];
    for (const { files } of scaffolds) {
      for (const { path, content } of files)
        expect(`${path} ${content}`).not.toMatch(/(?<!\$)\{\{[a-z]+\}\}|\bNAME\b|dot-git/u);
    }
  });
});
