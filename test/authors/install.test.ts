import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './page.js';
import { commandsOf } from './workflow.js';

/**
 * What a lab does: installs Legenda, a pack and a plugin from their tarballs, labels with them, and has their CI run.
 * Nothing of this checkout is in sight: only tarballs get into the folder.
 */
const EXAMPLES = ['dermoscopy-pack', 'demographics-german-plugin'] as const;
const lab = mkdtempSync(join(tmpdir(), 'legenda-lab-'));
const at = (...path: string[]): string => join(lab, ...path);

function sh(command: string, cwd = lab): { status: number | null; stdout: string; all: string } {
  const env = {
    ...process.env,
    npm_config_prefer_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
  };
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', command], { cwd, env, encoding: 'utf8' });
  return { status, stdout, all: `$ ${command}\n${stdout}${stderr}` };
}
function done(command: string, cwd = lab): string {
  const { status, stdout, all } = sh(command, cwd);
  if (status !== 0) throw new Error(all);
  return stdout;
}
const lines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

beforeAll(() => {
  done(`"${process.execPath}" bin/setup.mjs`, ROOT);
  done(`npm pack --silent --ignore-scripts --pack-destination "${lab}"`, ROOT);
  for (const example of EXAMPLES)
    done(`npm pack --silent --pack-destination "${lab}"`, join(ROOT, 'examples', example));
  writeFileSync(at('package.json'), '{ "private": true }\n');
  done('npm install --silent ./*.tgz');
}, 600_000);
afterAll(() => rmSync(lab, { recursive: true }));

describe('a lab that installs tarballs', () => {
  it('labels by the pack, named in its config', () => {
    const config = [
      "packs: ['@example-lab/dermoscopy', '@example-lab/demographics-german']",
      'slots:',
      "  demographics: '@example-lab/demographics-german'",
      '',
    ];
    writeFileSync(at('legenda.config.yaml'), config.join('\n'));
    writeFileSync(
      at('captions.jsonl'),
      '{"id": "1", "caption": "Dermoscopic image (x10) with arborizing vessels and a blue-white veil."}\n',
    );
    const [record] = lines(done('npx legenda label captions.jsonl'));
    expect(record).toMatchObject({
      labels: ['dermoscopy', 'pigment_pattern', 'vascular_pattern'],
      compounds: ['mixed_pattern'],
    });
    const entities = record.entities as { text: string; entity: string; value: string; origin: { pack: string } }[];
    const looked = entities.filter(({ entity }) => ['modality', 'technique', 'dermoscopic_structure'].includes(entity));
    expect(looked.map(({ text, value }) => `${text}=${value}`)).toEqual([
      'Dermoscopic image=dermoscopy',
      'x10=dermoscopic_magnification',
      'arborizing vessels=arborizing_vessels',
      'blue-white veil=blue_white_veil',
    ]);
    expect(new Set(looked.map(({ origin }) => origin.pack))).toEqual(new Set(['dermoscopy@1.0.0']));
  });

  it('reads German by the plugin', () => {
    writeFileSync(at('texts.jsonl'), '{"id": "1", "text": "Eine 45-jährige Patientin mit Husten."}\n');
    expect(lines(done('npx legenda run demographics texts.jsonl'))).toMatchObject([
      { age: { value: 45, unit: 'year', text: '45-jährige' }, gender: 'Female' },
    ]);
  });

  it('has the entries of the library, and their types', () => {
    const script =
      "import 'legenda'; import 'legenda/plugin'; import 'legenda/contextual-parser'; import { testPacks } from 'legenda/testing'; console.log(typeof testPacks);";
    writeFileSync(at('entries.mjs'), script);
    expect(done('node entries.mjs').trim()).toBe('function');
    const { exports } = JSON.parse(readFileSync(at('node_modules/legenda/package.json'), 'utf8')) as {
      exports: Record<string, { types?: string }>;
    };
    for (const { types } of Object.values(exports))
      if (types) expect(readFileSync(at('node_modules/legenda', types), 'utf8')).not.toBe('');
  });

  it('finds the schemas that files of a new pack name', () => {
    done('npx legenda new pack burns && npx legenda new rule depth --pack burns');
    cpSync(at('node_modules/legenda/dist/core/pack/schemas'), at('burns/node_modules/legenda/dist/core/pack/schemas'), {
      recursive: true,
    });
    const named = readdirSync(at('burns'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml') && !file.includes('node_modules'))
      .map((file) => [file, /\$schema=(\S+)/u.exec(readFileSync(at('burns', file), 'utf8'))?.[1]] as const);
    expect(named.length).toBeGreaterThan(5);
    for (const [file, schema] of named) {
      expect(schema, file).toBeDefined();
      expect(readFileSync(join(at('burns', file), '..', schema!), 'utf8')).toContain('"$schema"');
    }
  });
});

describe.each(EXAMPLES)('the CI of examples/%s', (example) => {
  const folder = at(`repository-of-${example}`);
  const workflows = join(ROOT, 'examples', example, '.github', 'workflows');
  const steps = readdirSync(workflows).flatMap((name) => commandsOf(join(workflows, name)));

  beforeAll(() => {
    mkdirSync(folder);
    cpSync(join(ROOT, 'examples', example), folder, {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
    // As from the cache of a CI: Legenda is no package of the registry that it could come from. `npm install` checks it.
    done(`cp -al node_modules "${folder}/" || cp -r node_modules "${folder}/"`);
  });

  it('installs first', () => {
    expect(steps[0].run).toBe('npm install');
  });

  it.each(steps.map(({ name, run }) => [name, run]))('%s', (_, run) => {
    const { status, all } = sh(run, folder);
    expect(status, all).toBe(0);
  });
});
