import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LabelRecord } from '../../core/index.js';
import { reporters } from '../../core/diagnostics/index.js';
import {
  markedText,
  testPacks,
  testSummary,
  type CaptionLabeller,
  type TestOptions,
} from '../../core/testing/index.js';
import { codePointMap } from '../../core/text/index.js';

const fixture = join(import.meta.dirname, '../fixtures/packs/tested');

/** A stand-in for the engine: finds a few words, and takes `dark` to a colour where it stands before one. */
const WORDS: readonly (readonly [RegExp, string, string, string])[] = [
  [/\b(?:dark |light )?red\b(?! tape)/gi, 'hue', 'red', 'hue/red'],
  [/\bblue\b/gi, 'hue', 'blue', 'hue/blue'],
  [/\b(?:pale|deep|vivid)\b/gi, 'shade', '', 'shade'],
];
const engine: CaptionLabeller = {
  label(caption): LabelRecord {
    const at = codePointMap(caption);
    const entities = WORDS.flatMap(([regex, entity, value, rule]) =>
      [...caption.matchAll(regex)].map((match) => ({
        start: at(match.index),
        end: at(match.index + match[0].length),
        text: match[0],
        entity,
        value: value || match[0].toLowerCase(),
        labels: [],
        assertion: 'present' as const,
        codes: {},
        confidence: 0.5,
        origin: { pack: 'tested@1.0.0', rule, at: 'colour.yaml:3' },
      })),
    ).sort((a, b) => a.start - b.start);
    return { caption, labels: entities.length > 1 ? ['spot', 'stain'] : ['stain'], entities, subcaptions: [] };
  },
};

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'legenda-tested-'));
  cpSync(fixture, cwd, { recursive: true });
});
const run = (options: TestOptions = {}) =>
  testPacks(['.'], () => engine, { builtin: false, cwd, engineVersion: '0.1.0', ...options });

describe('the cases of a pack', () => {
  it('have named outcomes at their lines', async () => {
    const { diagnostics, run: done } = await run();
    expect(diagnostics.map((one) => `${one.range?.line} ${one.code} ${one.message} | ${one.help ?? ''}`)).toEqual([
      '3 test-longer longer: "red" | expected {hue=red}; found "Dark red" as {hue=red} by hue/red',
      '5 test-wrong-value wrong value: "blue" | expected {hue=red}; found "blue" as {hue=blue} by hue/blue',
      '6 test-wrong-assertion wrong assertion: "blue" | expected {hue=blue!absent}; found "blue" as {hue=blue} by hue/blue',
      '7 test-missing missing: "green" | expected {hue=green}',
      '8 test-noisy noisy: "blue" | found {hue=blue} by hue/blue',
      '11 test-noisy noisy: "blue" | found {hue=blue} by hue/blue',
      '13 test-wrong-labels wrong labels: "-spot +stain" | expected spot; found stain',
      '16 test-todo todo: "A crimson stain." | ',
      '17 test-stale-todo the todo passes: make it a `text` case | ',
      '18 test-todo todo: "A scarlet stain." | ',
      '21 test-noisy noisy: "blue" | found {hue=blue} by hue/blue',
      '21 test-wrong-value wrong value: "blue" | expected {hue=red}; found "blue" as {hue=blue} by hue/blue',
      '23 test-no-snapshot no snapshot: "A red spot [sic] of pale blue." | found A [red]{hue=red} spot \\[sic\\] of [pale]{shade=pale} [blue]{hue=blue}. → spot, stain',
      '24 test-wrong-rule wrong rule: "hue/blue" | expected hue/blue; found hue/red',
    ]);
    // Two templates have four terms and one.
    expect(testSummary(done!)).toBe('7 passed, 11 failed, 2 todo');
  });

  it('find words that are too few', async () => {
    writeFileSync(join(cwd, 'colour.test.yaml'), 'cases:\n  - text: "A [very red]{hue=red} stain."\n');
    expect((await run()).diagnostics.map((one) => one.code)).toEqual(['test-shorter']);
  });

  it('that cannot be read are faults, not passes', async () => {
    writeFileSync(
      join(cwd, 'colour.test.yaml'),
      'cases:\n  - text: "A [red]{hue=red!maybe}"\n  - { template: "{term}", over: hue/pink }\n',
    );
    expect((await run()).diagnostics.map((one) => `${one.range?.line} ${one.code}`)).toEqual([
      '2 bad-case',
      '3 bad-case',
    ]);
  });

  it('are not run where the pack is invalid', async () => {
    writeFileSync(join(cwd, 'rules.yaml'), 'rules: 3\n');
    const report = await run();
    expect(report.run).toBeUndefined();
    expect(report.diagnostics.map((one) => one.code)).toEqual(['wrong-type']);
  });

  it('are listed in a JUnit report, passed ones too', async () => {
    const report = await run();
    const xml = reporters.junit(report.diagnostics, { version: '0.1.0', checked: report.checked });
    expect(xml).toContain('<testcase classname="colour.test.yaml" name="A red and blue stain."/>');
    expect(xml).toMatch(/<testsuites name="legenda" tests="17" failures="11">/);
  });
});

describe('snapshots', () => {
  it('are written by update, compared after, and removed with their case', async () => {
    const snap = join(cwd, 'colour.test.snap');
    expect((await run({ update: true })).run?.updated).toEqual([snap]);
    expect(readFileSync(snap, 'utf8')).toContain(
      'A [red]{hue=red} spot \\[sic\\] of [pale]{shade=pale} [blue]{hue=blue}',
    );
    expect((await run()).diagnostics.some((one) => one.code.includes('snapshot'))).toBe(false);
    expect((await run({ update: true })).run?.updated).toEqual([]);

    writeFileSync(snap, readFileSync(snap, 'utf8').replace('{hue=red}', '{hue=pink}'));
    const wrong = (await run()).diagnostics.find((one) => one.code === 'test-wrong-snapshot');
    expect(wrong?.help).toMatch(/expected A \[red\]\{hue=pink\}.*; found A \[red\]\{hue=red\}/);

    writeFileSync(join(cwd, 'colour.test.yaml'), 'cases: [{ text: "[red]{hue=red}" }]\n');
    await run({ update: true });
    expect(existsSync(snap)).toBe(false);
  });

  it('hold marked text that nests', () => {
    const record = engine.label('dark red');
    const outer = { ...record.entities[0], entity: 'stain', value: 'x', assertion: 'absent' as const };
    const inner = { ...record.entities[0], start: 5 };
    expect(markedText({ ...record, entities: [outer, inner] })).toBe('[dark [red]{hue=red}]{stain=x!absent}');
  });
});

describe('coverage', () => {
  it('counts rules, entries, alternatives and exceptions', async () => {
    const { coverage } = await run({ coverage: true });
    expect(coverage?.percent).toEqual({
      rules: 50,
      entries: 100,
      alternatives: expect.closeTo((100 * 5) / 9, 5) as number,
      exceptions: 50,
    });
    expect(coverage?.items.filter((item) => !item.reached).map((item) => item.name)).toEqual([
      'hue/red: *ish',
      'hue/red: ruby',
      'hue/red: red cell',
      'shade: deep',
      'shade: vivid',
      'never',
    ]);
  });

  it('fails below a threshold', async () => {
    writeFileSync(join(cwd, 'colour.test.yaml'), 'cases: [{ text: "[red]{hue=red}" }]\n');
    const { diagnostics } = await run({ coverage: true, thresholds: { entries: 100, exceptions: 0 } });
    expect(diagnostics.map((one) => `${one.file}:${one.range?.line ?? ''} ${one.code} ${one.message}`)).toEqual([
      'colour.yaml:5 uncovered-exception no case reaches the exception `hue/red: red tape`',
      'colour.yaml:5 uncovered-exception no case reaches the exception `hue/red: red cell`',
      'colour.yaml:6 uncovered-entry no case reaches the entry `hue/blue`',
      'pack.yaml: low-coverage cases reach 50.0 % of the entries, less than 100 %',
      'rules.yaml:2 uncovered-rule no case reaches the rule `shade`',
      'rules.yaml:5 uncovered-rule no case reaches the rule `never`',
    ]);
  });
});
