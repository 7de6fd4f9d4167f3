import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ImportError, importSparkNlp, type SparkNlpOptions } from '../../core/import/index.js';
import { openEngine } from '../../core/index.js';
import { contextualParser, type ContextualRule } from '../../core/match/contextual/index.js';
import { loadPacks } from '../../core/pack/index.js';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** What a pack made of the rule finds, by itself: `text=value`. */
async function found(
  rule: ContextualRule,
  captions: string[],
  dictionary?: string,
  options?: SparkNlpOptions,
): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'legenda-spark-'));
  folders.push(folder);
  for (const { path, content } of importSparkNlp(JSON.stringify(rule), dictionary, options).files) {
    writeFileSync(join(folder, path), content);
  }
  const { diagnostics } = loadPacks([folder], { builtin: false });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const engine = await openEngine({ config: { packs: [folder], builtin: false } });
  return captions.map((caption) => engine.label(caption).entities.map(({ text, value }) => `${text}=${value}`));
}

describe('a pack of a rule', () => {
  it('finds what the parser finds: regex, context, exceptions', async () => {
    const rule = {
      entity: 'depth',
      ruleScope: 'sentence',
      matchScope: 'token',
      regex: String.raw`\d{1,2}(?:\.\d)?`,
      completeMatchRegex: 'true',
      prefix: ['depth'],
      suffix: ['deep'],
      contextLength: 15,
      contextException: ['about'],
      exceptionDistance: 2,
    };
    const captions = [
      'A depth of 12 was seen.',
      'It is 3.5 deep.',
      'Depth. Now 12.',
      'A depth of about 12.',
      'Depth of 123.',
      'Depth 12/13, level 14 deep.',
      'The depth in all these many slides was 12.',
    ];
    const expected = captions.map((caption) =>
      contextualParser({ rule })
        .parse(caption)
        .map(({ text }) => `${text}=${text}`),
    );
    expect(expected.flat()).toHaveLength(3);
    expect(await found(rule, captions)).toEqual(expected);
  });

  it('keeps the case of a regex, spelled out where it is not to count', async () => {
    expect(await found({ entity: 'm', regex: 'mr[ai]' }, ['MRI mri'])).toEqual([['mri=mri']]);
    expect(await found({ entity: 'm', regex: '(?i)mr[ai]' }, ['MRI mri'])).toEqual([['MRI=mri', 'mri=mri']]);
  });

  it('does not reach over white space in sentence scope, and does in document scope', async () => {
    const rule = { entity: 'range', regex: String.raw`\d\D\d`, matchScope: 'sub-token' };
    expect(await found(rule, ['1 2, 3-4'])).toEqual([['3-4=3-4']]);
    expect(await found({ ...rule, ruleScope: 'document' }, ['1 2, 3-4'])).toEqual([['1 2=1 2', '3-4=3-4']]);
  });

  it('finds the words of a dictionary under their labels', async () => {
    const rule = { entity: 'Side', ruleScope: 'document', matchScope: 'sub-token' };
    const dictionary = 'Left Side\tleft\tsinister\nRight\tright hand\n\nEmpty\n';
    const captions = ['The LEFT and the right hand.', 'Left Side of nothing'];
    expect(await found(rule, captions, dictionary)).toEqual([
      ['LEFT=left_side', 'right hand=right'],
      ['Left=left_side'],
    ]);
    const vertical = 'Left Side,Right\nleft,right hand\nsinister,\n';
    expect(await found(rule, captions, vertical, { orientation: 'vertical' })).toEqual([
      ['LEFT=left_side', 'right hand=right'],
      ['Left=left_side'],
    ]);
    expect(await found(rule, captions, dictionary, { caseSensitive: true })).toEqual([['right hand=right'], []]);
  });

  it('makes rules of a dictionary that has context', async () => {
    const rule = { entity: 'side', prefix: ['the'], contextLength: 5, contextException: ['no'], exceptionDistance: 3 };
    const dictionary = 'left\tleft\nright\tright\n';
    const captions = ['The left and then, at last, right', 'No, the left'];
    expect(await found(rule, captions, dictionary)).toEqual([['left=left'], []]);
    expect(await found(rule, captions, dictionary, { optionalContextRules: true })).toEqual([
      ['left=left', 'right=right'],
      [],
    ]);
  });
});

describe('the cases of a pack', () => {
  const cases = (rule: object, dictionary?: string): string[] => {
    const { files } = importSparkNlp(JSON.stringify({ entity: 'x', ...rule }), dictionary);
    const content = files.find(({ path }) => path.endsWith('.test.yaml'))?.content ?? '';
    return [...content.matchAll(/(?:text|template): (.*)$/gmu)].map(([, text]) => text.replace(/^'(.*)'$/u, '$1'));
  };

  it.each([
    [{ regex: String.raw`T[1-4][a-c]?` }, ['Seen: [T1]{x}']],
    [{ regex: String.raw`(?<a>[^\d\s])-\k<a>|b` }, ['Seen: [a-a]{x}']],
    [{ regex: String.raw`\d{2}(?:mm|cm)`, prefix: ['depth'], suffix: ['deep'] }, ['Seen: depth [11mm]{x} deep']],
    [{ regex: String.raw`\[\d+\]` }, [String.raw`Seen: [\[1\]]{x}`]],
    [{ regex: '(?!a)a' }, []],
  ])('are made of the regex of %j', (rule, expected) => {
    expect(cases(rule)).toEqual(expected);
  });

  it('are made of the words of a dictionary', () => {
    expect(cases({}, 'left\tsinister\n')).toEqual(['Seen: [{term}]{x={value}}.']);
    expect(cases({ suffix: ['-sided'], contextLength: 2 }, 'left\tsinister\n')).toEqual([
      'Seen: [sinister]{x=left}-sided',
    ]);
    expect(cases({ regex: 'q' }, 'City\nOslo\nSalt Lake City\n')).toEqual(['Seen: [{term}]{x={value}}.']);
  });
});

describe('what it says', () => {
  const notes = (rule: object, dictionary?: string, options?: SparkNlpOptions): string[] =>
    importSparkNlp(JSON.stringify(rule), dictionary, options).notes.map(({ kind, what }) => `${kind} ${what}`);

  it('names what is lost and what is changed', () => {
    expect(notes({ entity: 'x', regex: 'cyst', matchScope: 'sub-token' })).toEqual(['lost taxonomy classes']);
    expect(
      notes({
        entity: 'Size ',
        regex: '(?i)\\d',
        ruleScope: 'document',
        context: ['a'],
        valuesDefinition: [],
        prefix: ['b'],
      }),
    ).toEqual([
      'changed entity',
      'lost context',
      'lost taxonomy classes',
      'changed regex',
      'changed regex',
      'changed matchScope',
      'changed contextLength',
    ]);
    const dictionary = 'a\tone\ttwo words\tx|y\nb\tone\n';
    expect(
      notes({ entity: 'x', regex: 'q', prefix: ['c'], contextLength: 3 }, dictionary, { caseSensitive: true }),
    ).toEqual([
      'lost taxonomy classes',
      'lost regex',
      'lost "x|y"',
      'lost "one" (b)',
      'changed 1 phrases of several words',
      'changed tokens',
      'changed caseSensitive',
    ]);
  });

  it.each(['', '[]', '{}', '{"entity": "x"}', 'null'])('refuses %j', (json) => {
    expect(() => importSparkNlp(json)).toThrow(ImportError);
  });

  it('refuses a dictionary without words, and regexes that cannot be translated', () => {
    expect(() => importSparkNlp('{"entity": "x"}', 'City\n')).toThrow(/no words/u);
    expect(() => importSparkNlp('{"entity": "x"}', 'City\nOslo\n', { orientation: 'horizontal' })).toThrow(/no words/u);
    expect(() => importSparkNlp(JSON.stringify({ entity: 'x', regex: '(a' }))).toThrow(ImportError);
  });
});
