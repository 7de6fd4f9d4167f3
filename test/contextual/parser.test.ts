import { describe, expect, it } from 'vitest';
import { ContextualRuleError, contextualParser, type ContextualParserSpec } from '../../core/match/contextual/index.js';

/** Texts of the chunks that are found. */
const texts = (spec: ContextualParserSpec, text: string): string[] =>
  contextualParser(spec)
    .parse(text)
    .map((chunk) => chunk.text);

const DIGITS = { entity: 'digits', regex: String.raw`\d+` };

describe('scopes', () => {
  it('tries each token by itself and returns all of it, or what matched', () => {
    expect(texts({ rule: DIGITS }, 'Slide B17, lens 40x.')).toEqual(['B17', '40x']);
    expect(texts({ rule: { ...DIGITS, matchScope: 'sub-token' } }, 'Slide B17, lens 40x.')).toEqual(['17', '40']);
    expect(texts({ rule: { ...DIGITS, matchScope: 'sub-token' } }, '17-18-19')).toEqual(['17']);
  });

  it.each([true, 'true', 'TRUE'])('lets a complete match (%s) cover the whole token', (completeMatchRegex) => {
    expect(texts({ rule: { ...DIGITS, completeMatchRegex } }, 'B17 (17), 40x 40.')).toEqual(['17', '40']);
    const subToken = { ...DIGITS, completeMatchRegex, matchScope: 'sub-token' };
    expect(texts({ rule: subToken }, 'B17 (17), 40x 40.')).toEqual(['17', '40']);
  });

  it.each([false, 'false', undefined])('asks for none with %s', (completeMatchRegex) => {
    expect(texts({ rule: { ...DIGITS, completeMatchRegex } }, 'B17 (17)')).toEqual(['B17', '17']);
  });

  it('takes ^ and $ for the ends of the token', () => {
    expect(texts({ rule: { entity: 'n', regex: '^1.$' } }, '12 112 123 (13)')).toEqual(['12', '13']);
  });

  it('searches all of the text in document scope, whatever completeMatchRegex says', () => {
    const rule = { entity: 'name', ruleScope: 'document', regex: '[A-Z][a-z]+ [A-Z][a-z]+', matchScope: 'sub-token' };
    const text = 'We thank Ada Berg. Later Cem Dal read the slides.';
    expect(texts({ rule }, text)).toEqual(['Ada Berg', 'Later Cem']);
    expect(texts({ rule: { ...rule, completeMatchRegex: 'true' } }, text)).toEqual(['Ada Berg', 'Later Cem']);
    expect(texts({ rule: { ...rule, ruleScope: 'sentence' } }, text)).toEqual([]);
  });

  it('returns the sentence, once, for document and token', () => {
    const rule = { entity: 'stain', ruleScope: 'document', matchScope: 'token', regex: 'stain' };
    const text = 'Silver stain. Another stain, same stain. No dye.';
    expect(texts({ rule }, text)).toEqual(['Silver stain.', 'Another stain, same stain.']);
    expect(texts({ rule, options: { inputCols: ['document', 'token'] } }, text)).toEqual([text]);
  });

  it('heeds case in a regex whatever caseSensitive says, unless the regex says otherwise', () => {
    const rule = { entity: 'm', regex: 'ct' };
    expect(texts({ rule, options: { caseSensitive: false } }, 'CT ct')).toEqual(['ct']);
    expect(texts({ rule: { ...rule, regex: '(?i)ct' } }, 'CT ct')).toEqual(['CT', 'ct']);
  });
});

describe('dictionaries', () => {
  const rule = { entity: 'Vessel ', ruleScope: 'document', matchScope: 'sub-token', regex: 'never' };
  const dictionary = [
    ['artery', 'aorta', 'renal artery', 'Renal', ''],
    ['vein', 'vena cava'],
  ];

  it('take the place of the regex, give lower case and the label, and never match the label', () => {
    const chunks = contextualParser({ rule, dictionary }).parse('Vein never. The AORTA and Vena Cava.');
    expect(chunks).toMatchObject([
      {
        text: 'aorta',
        start: 16,
        end: 21,
        normalized: 'artery',
        entity: 'Vessel ',
        confidence: 0.5,
        sentence: 1,
        tokenIndex: 1,
      },
      { text: 'vena cava', start: 26, end: 35, normalized: 'vein', sentence: 1, tokenIndex: 3 },
    ]);
  });

  it('heed case when told, and then keep the text', () => {
    expect(texts({ rule, dictionary, options: { caseSensitive: true } }, 'AORTA aorta Renal renal')).toEqual([
      'aorta',
      'Renal',
    ]);
    expect(texts({ rule, dictionary, options: { surfaceText: true } }, 'AORTA')).toEqual(['AORTA']);
  });

  it('may be vertical, ragged, or the text of a file', () => {
    const vertical = [['artery', 'vein'], ['aorta', 'vena cava'], ['', 'azygos'], ['carotid']];
    for (const options of [{ orientation: 'vertical' }, { dictionaryOrientation: 'vertical' }]) {
      const chunks = contextualParser({ rule, dictionary: vertical, options }).parse('carotid, azygos, vein');
      expect(chunks.map((c) => [c.text, c.normalized])).toEqual([
        ['carotid', 'artery'],
        ['azygos', 'vein'],
      ]);
    }
    expect(texts({ rule, dictionary: 'vein\tazygos\tvena cava\nartery\taorta' }, 'azygos, aorta')).toEqual([
      'azygos',
      'aorta',
    ]);
    expect(texts({ rule, dictionary: 'vein,azygos', options: { delimiter: ',' } }, 'azygos')).toEqual(['azygos']);
  });

  it('do not match inside words, and take the longest of what overlaps unless all are asked for', () => {
    expect(texts({ rule, dictionary }, 'renal artery, adrenal, aortas')).toEqual(['renal artery']);
    const all = { overlaps: 'all' } as const;
    expect(texts({ rule, dictionary, options: all }, 'renal artery')).toEqual(['renal', 'renal artery']);
    const twice = [
      ['a', 'x'],
      ['b', 'x'],
    ];
    expect(
      contextualParser({ rule, dictionary: twice })
        .parse('x')
        .map((c) => c.normalized),
    ).toEqual(['a']);
    expect(
      contextualParser({ rule, dictionary: twice, options: all })
        .parse('x')
        .map((c) => c.normalized),
    ).toEqual(['a', 'b']);
  });

  it('are literal, white space stands for any', () => {
    const odd = [['firm', 'Roe , Ltd. (Oslo)', 'A+B']];
    expect(texts({ rule, dictionary: odd }, 'by Roe ,\n Ltd. (Oslo) and A+B, not AAB')).toEqual([
      'roe ,\n ltd. (oslo)',
      'a+b',
    ]);
  });

  it('find no phrase of several words in sentence scope', () => {
    const sentence = { entity: 'v', ruleScope: 'sentence' };
    expect(texts({ rule: sentence, dictionary }, 'renal artery and aorta-iliac')).toEqual(['renal', 'aorta-iliac']);
    expect(
      texts({ rule: { ...sentence, completeMatchRegex: 'true' }, dictionary }, 'renal artery, aorta-iliac'),
    ).toEqual(['renal']);
  });
});

describe('context', () => {
  const rule = {
    entity: 'size',
    regex: String.raw`\d+`,
    prefix: ['measuring'],
    suffix: ['mm', 'cm'],
    contextLength: 20,
  };

  it('stays in the sentence', () => {
    expect(texts({ rule }, 'A node measuring. It has 5 spots in all. Then 7 mm')).toEqual(['7']);
  });

  it('follows the options, also when written as strings', () => {
    const text = 'Measuring 5 of them, then some more words and 8 mm';
    expect(texts({ rule }, text)).toEqual(['5', '8']);
    expect(texts({ rule, options: { caseSensitive: 'true' } }, text)).toEqual(['8']);
    expect(texts({ rule, options: { prefixAndSuffixMatch: 'true' } }, text)).toEqual([]);
    const optional = { prefixAndSuffixMatch: true, optionalContextRules: true };
    expect(texts({ rule, options: optional }, text)).toEqual(['5', '8']);
    const tight = { ...rule, contextLength: '0' };
    expect(texts({ rule: { ...tight, matchScope: 'sub-token' } }, '5mm 6 mm')).toEqual(['5']);
  });

  it('gives more confidence for near cues', () => {
    const parser = contextualParser({ rule });
    expect(parser.parse('measuring 5 mm 7').map((c) => c.confidence)).toEqual([0.98, 0.68]);
  });

  it('drops hits near exceptions, in tokens', () => {
    const excepted = { ...DIGITS, contextException: ['lens'], exceptionDistance: 2 };
    expect(texts({ rule: excepted }, 'lens 40, then 41 lenses 42')).toEqual(['41', '42']);
  });
});

describe('tokens and sentences', () => {
  it('cut runs of punctuation off both ends', () => {
    const parser = contextualParser({ rule: { entity: 't', regex: '.+' } });
    const of = (text: string): string[] => parser.parse(text).map((c) => c.text);
    expect(of('("Roe"), Inc. 1.5 -- mg/dL')).toEqual(['("', 'Roe', '"),', 'Inc', '.', '1.5', '--', 'mg/dL']);
  });

  it('may be cut by a pattern that stands between them, with exact offsets', () => {
    const tokenizer = { pattern: String.raw`\s+|(?=[-.])|(?<=[-.])` };
    const chunks = contextualParser({ rule: { entity: 't', regex: '.+' }, options: { tokenizer } }).parse(
      'pre-  and post-op.',
    );
    expect(chunks.map((c) => [c.text, c.start])).toEqual([
      ['pre', 0],
      ['-', 3],
      ['and', 6],
      ['post', 10],
      ['-', 14],
      ['op', 15],
      ['.', 17],
    ]);
    const long = { tokenizerPattern: ' ', tokenizer: { minLength: 2, maxLength: 3 } };
    expect(texts({ rule: { entity: 't', regex: '.+' }, options: long }, 'a ab abc abcd')).toEqual(['ab', 'abc']);
  });

  it('split at end marks and empty lines, not after abbreviations, initials, list numbers and before commas', () => {
    const rule = { entity: 's', ruleScope: 'document', matchScope: 'token', regex: '[a-z]' };
    expect(
      texts(
        { rule },
        'Seen by Dr. Roe, e.g. here. next one! (Fig. 2 shows it.) 1. in a list\n\nas is 3.5 mm . end , Inc. , too',
      ),
    ).toEqual([
      'Seen by Dr. Roe, e.g. here.',
      'next one!',
      '(Fig. 2 shows it.)',
      '1. in a list',
      'as is 3.5 mm .',
      'end , Inc. , too',
    ]);
  });

  it('may be given', () => {
    const sentences = (text: string): { start: number; end: number }[] => [{ start: 4, end: text.length }];
    expect(texts({ rule: DIGITS, options: { sentences } }, '123 456')).toEqual(['456']);
  });

  it('count code points', () => {
    const [chunk] = contextualParser({ rule: DIGITS }).parse('😀😀 40');
    expect(chunk).toMatchObject({ text: '40', start: 3, end: 5 });
  });
});

describe('faults', () => {
  it('refuses rules that say nothing', () => {
    expect(() => contextualParser({ rule: { entity: 'x' } })).toThrow(ContextualRuleError);
    expect(() => contextualParser({ rule: { entity: 'x', regex: 'a', ruleScope: 'page' } })).toThrow(/ruleScope/u);
    expect(() => contextualParser({ rule: null as never })).toThrow(ContextualRuleError);
    expect(() => contextualParser({ rule: { entity: 'x', regex: '(' } })).toThrow(/Unclosed group/u);
  });

  it('ignores keys that are unknown or were removed', () => {
    const rule = { ...DIGITS, context: ['a'], valuesDefinition: [], other: 1 };
    expect(texts({ rule, options: { contextMatch: true } as never }, '1')).toEqual(['1']);
  });

  it('hands a fault back as a chunk where exceptions are handled', () => {
    const text = undefined as unknown as string;
    expect(() => contextualParser({ rule: DIGITS }).parse(text)).toThrow(TypeError);
    const [chunk] = contextualParser({ rule: DIGITS, options: { doExceptionHandling: true } }).parse(text);
    expect(chunk).toMatchObject({ entity: 'digits', text: '', error: 'The text to parse must be a string.' });
  });
});

describe('a very long text', () => {
  const LENGTH = 300_000;
  const rule = { entity: 'n', regex: '[0-9]', prefix: ['none'], contextException: ['nil'] };
  const dictionary = [['a', 'word', 'word word word']];

  it.each([
    ['end marks', '.'],
    ['end marks and a letter', '..x'],
    ['numbers without a blank', '1'],
    ['numbers', '1 '],
    ['words', 'word '],
    ['abbreviations', 'Fig. '],
    ['brackets', '.)"'],
    ['empty lines', '\n \n'],
    ['astral letters', '𝒳'],
  ])('of %s is read in a time that grows with its length', (_, unit) => {
    const parsers = [
      contextualParser({ rule }),
      contextualParser({
        rule: { ...rule, ruleScope: 'document', matchScope: 'sub-token' },
        options: { optionalContextRules: true },
      }),
      contextualParser({ rule: { entity: 'w', ruleScope: 'document', matchScope: 'sub-token' }, dictionary }),
    ];
    const text = unit.repeat(Math.floor(LENGTH / unit.length));
    for (const parser of parsers) {
      const start = performance.now();
      for (const { start: from, end } of parser.parse(text).slice(0, 3)) expect(end).toBeGreaterThan(from);
      expect(performance.now() - start).toBeLessThan(20_000);
    }
  });
});
