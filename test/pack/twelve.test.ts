import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { plain } from '../../core/diagnostics/index.js';
import { validatePacks } from '../../core/pack/index.js';

const cwd = join(import.meta.dirname, '../fixtures/packs/twelve');

/** `file:line:col severity code | message | help`, related places after it. */
type Plain = {
  file: string;
  line: number;
  col: number;
  severity: string;
  code: string;
  message: string;
  help: string;
  related?: { file: string; line: number; col: number }[];
};
const said = (one: Plain): string[] => [
  `${one.file}:${one.line}:${one.col} ${one.severity} ${one.code}`,
  one.message,
  one.help,
  ...(one.related ?? []).map((place) => `${place.file}:${place.line}:${place.col}`),
];

it('gives twelve mistakes of a pack exactly twelve diagnostics', async () => {
  const { diagnostics } = await validatePacks(['.'], {
    builtin: false,
    cwd,
    engineVersion: '0.1.0',
    cacheFolder: mkdtempSync(join(tmpdir(), 'legenda-verdicts-')),
  });
  expect(diagnostics.map((one) => said(plain(one) as Plain))).toEqual([
    [
      'broken.yaml:5:3 error yaml-syntax',
      'this is no YAML: deficient indentation',
      'a bracket or quote is not closed, or a line is not indented enough',
    ],
    ['colours.yaml:4:14 error unknown-label', '`pigmentd` is no class of the taxonomy', 'did you mean `pigmented`?'],
    ['colours.yaml:7:5 error unknown-key', '`lables` is no key of `values.black`', 'did you mean `labels`?'],
    [
      'cycle-b/pack.yaml:5:5 error cyclic-extends',
      'packs extend each other in a circle: cycle-a → cycle-b → cycle-a',
      'take one of these `extends` out, or move what both need into a third pack',
    ],
    [
      'newer/pack.yaml:3:9 error engine-too-old',
      'pack `newer` needs legenda >=7.0.0, this is 0.1.0',
      'update legenda, or take an older version of the pack',
    ],
    [
      'pack.yaml:11:5 error missing-file',
      '`borders.yaml` in `dictionaries` is no file',
      'paths are relative to the pack file',
    ],
    [
      'rules/measures.yaml:7:12 error bad-regex',
      'the regex of `depth` is wrong: Unterminated group',
      'it is read in Unicode mode (flag `u`): only characters that mean something may follow a backslash',
    ],
    [
      'rules/measures.yaml:8:9 error duplicate-id',
      'there are two rules with the id `width`',
      'rename one, or change the inherited one by `overrides` in `pack.yaml`',
      'rules/measures.yaml:2:9',
    ],
    [
      'rules/measures.yaml:13:12 error dangerous-regex',
      "the regex of `noise` takes exponential time on 'a' + 'a'.repeat(31) + '\\x00a'",
      'let no two repeats compete for the same characters: `(a+)+` is `a+`, and bound what repeats, as in `\\d{1,4}`',
    ],
    [
      'rules/measures.yaml:15:5 error untested-rule',
      'the rule `breslow` has no test case',
      'add a case with `rule: breslow` or with what the rule gives to a `*.test.yaml` in rules',
    ],
    [
      'shapes.yaml:6:15 error wrong-type',
      '`values.oval.priority` must be a whole number, not the text `high`',
      'Among overlapping hits of a layer the higher priority wins, then the longer hit, then the one further left, then the id.',
    ],
    [
      'shapes.yaml:11:9 error ambiguous-term',
      '`Circular` stands for `shape/ring` and for `shape/round`, with equal priority',
      'take it out of one, or give one of them a `priority` or a `context`',
      'shapes.yaml:4:20',
    ],
  ]);
});
