import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './page.js';

const folder = mkdtempSync(join(tmpdir(), 'legenda-authors-'));
const at = (...path: string[]): string => join(folder, ...path);

function legenda(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/run.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/setup.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('legenda new', () => {
  it('says what it wrote and what comes next, and overwrites nothing', () => {
    const { status, stdout } = legenda('new', 'pack', 'burns');
    expect(status).toBe(0);
    const written = stdout
      .split('\n\n')[0]
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
    for (const path of written) expect(existsSync(at(path)), path).toBe(true);
    expect(stdout).toContain('legenda validate ./burns');
    expect(legenda('new', 'pack', 'burns')).toMatchObject({
      status: 2,
      stderr: 'legenda: burns is there already; nothing was written\n',
    });
  });

  it.each([
    ['a plugin without a slot', ['plugin', 'ages'], /'new plugin' needs --slot: .*demographics/],
    ['a slot that is none', ['plugin', 'ages', '--slot', 'ages'], /--slot=ages/],
    ['a slot of a pack', ['pack', 'ages', '--slot', 'demographics'], /--slot does not go with 'new pack'/],
    ['a slot of a rule', ['rule', 'ages', '--slot', 'demographics'], /--slot does not go with 'new rule'/],
    ['an entity of a pack', ['pack', 'ages', '--entity', 'age'], /--entity does not go with 'new pack'/],
    ['a rule where no pack is', ['rule', 'depth'], /there is no pack\.yaml; name the pack by --pack DIR/],
    ['a name with capitals', ['pack', 'Burns'], /'Burns' cannot be a name/],
    ['a kind that is none', ['engine', 'burns'], /engine/],
  ])('%s is a usage error that says so', (_, args, message) => {
    const { status, stderr } = legenda('new', ...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});

describe('legenda import spark-nlp', () => {
  const rule = {
    entity: 'Depth',
    ruleScope: 'sentence',
    regex: '\\d+',
    completeMatchRegex: 'true',
    prefix: ['depth'],
    suffix: ['mm'],
    contextLength: 25,
  };
  const dictionary = 'artery,vein\naorta,vena cava\n';

  /** The pack that the options make of the rule, as one text, and what was said. */
  function imported(name: string, ...options: string[]): { said: string; pack: string } {
    const { status, stdout, stderr } = legenda('import', 'spark-nlp', ...options, '-o', name);
    expect(status, stderr).toBe(0);
    const files = readdirSync(at(name))
      .filter((file) => !file.endsWith('.test.yaml'))
      .sort();
    return { said: stdout, pack: files.map((file) => readFileSync(at(name, file), 'utf8')).join('') };
  }

  beforeAll(() => {
    writeFileSync(at('rule.json'), JSON.stringify(rule));
    writeFileSync(
      at('vessels.json'),
      JSON.stringify({ entity: 'Vessel', ruleScope: 'document', matchScope: 'sub-token', prefix: ['the'] }),
    );
    writeFileSync(at('vessels.csv'), dictionary);
    writeFileSync(at('vessels.txt'), dictionary.replaceAll(',', ';'));
  });

  it.each([
    ['--prefix-and-suffix-match', /both: true/],
    ['--optional-context-rules', /optional: true/],
    ['--complete-context-match', /whole_words: true/],
  ])('%s changes the context', (flag, expected) => {
    expect(imported(`without${flag}`, 'rule.json').pack).not.toMatch(expected);
    expect(imported(`with${flag}`, 'rule.json', flag).pack).toMatch(expected);
  });

  it.each(['--shortest-context-match', '--do-exception-handling', '--tokenizer-pattern=\\s'])(
    '%s is said to be lost',
    (flag) => {
      const name = flag.replace(/^--|=.*$/gu, '').replace(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());
      expect(imported(`lost${name}`, 'rule.json', flag).said).toContain(`lost: ${name}: `);
    },
  );

  it('--orientation, --delimiter, --case-sensitive and --input-cols tell how the dictionary is read', () => {
    const horizontal = imported('horizontal', 'vessels.json', 'vessels.csv').pack;
    expect(horizontal).toMatch(/value: artery\n\s+terms:\n\s+- vein/);
    const vertical = imported(
      'vertical',
      'vessels.json',
      'vessels.txt',
      '--orientation',
      'vertical',
      '--delimiter',
      ';',
      '--case-sensitive',
    ).pack;
    expect(vertical).toMatch(/value: artery\n\s+terms:\n\s+- aorta\n\s+case: exact/);
    expect(vertical).toMatch(/value: vein\n\s+terms:\n\s+- vena cava/);
    writeFileSync(at('document.json'), JSON.stringify({ ...rule, ruleScope: 'document' }));
    expect(imported('sentences', 'document.json').pack).toContain('scope: sentence');
    expect(imported('document', 'document.json', '--input-cols', 'document,token').pack).toContain('scope: caption');
  });

  it('--id names the pack, and what is made passes', () => {
    expect(imported('mine', 'rule.json', '--id', 'depth-of-wounds').pack).toContain('id: depth-of-wounds');
    expect(legenda('validate', 'mine').status).toBe(0);
    expect(legenda('test', 'mine').status).toBe(0);
    expect(legenda('import', 'spark-nlp', 'rule.json', '--id', 'My Pack').stderr).toContain(
      "'My Pack' cannot be the id of a pack",
    );
  });

  it('has every option in --help, and refuses them for other formats', () => {
    const { stdout } = legenda('import', '--help');
    for (const name of [
      'caseSensitive',
      'prefixAndSuffixMatch',
      'optionalContextRules',
      'completeContextMatch',
      'shortestContextMatch',
      'doExceptionHandling',
      'dictionaryOrientation',
      'dictionaryDelimiter',
      'inputCols',
    ]) {
      expect(stdout).toContain(name);
    }
    writeFileSync(at('n.csv'), 'ngram,label_1\nct scan,ct\n');
    expect(legenda('import', 'annotated-ngrams', 'n.csv', '--case-sensitive')).toMatchObject({
      status: 2,
      stderr: 'legenda: --case-sensitive is for spark-nlp only\n',
    });
  });
});

describe('legenda test --min-coverage', () => {
  it('fails below it, naming what is not reached', () => {
    writeFileSync(
      at('burns/dictionaries/more.yaml'),
      'id: burns/more\nentity: device\nvalues:\n  vac: { terms: [vacuum dressing] }\n',
    );
    expect(legenda('test', './burns', '--coverage').status).toBe(0);
    const { status, stdout } = legenda('test', './burns', '--min-coverage', '100');
    expect(status).toBe(1);
    expect(stdout).toContain('cases reach 50.0 % of the entries, less than 100 %');
    expect(stdout).toContain('`burns/more/vac`');
  });
});
