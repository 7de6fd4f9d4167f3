import { describe, expect, it } from 'vitest';
import { JavaRegexError, javaRegex, translateJavaRegex } from '../../core/match/contextual/javaRegex/index.js';

/** All matches of a Java pattern. */
const found = (pattern: string, text: string): string[] => [...text.matchAll(javaRegex(pattern, 'g'))].map((m) => m[0]);

describe('Java regular expressions', () => {
  it.each([
    // what is the same
    [String.raw`\d+(?:\.\d+)?`, '3.5 and 12', ['3.5', '12']],
    [String.raw`(\w)\1`, 'aa bcc', ['aa', 'cc']],
    [String.raw`(?<unit>mm|cm)\.\k<unit>`, 'mm.mm mm.cm', ['mm.mm']],
    [String.raw`(?<=T)\d(?!\d)`, 'T1 T22 T3', ['1', '3']],
    [String.raw`[a-z^xyz]+`, 'ab^x', ['ab^x']],
    // inline flags
    ['(?i)ct', 'CT ct Ct', ['CT', 'ct', 'Ct']],
    ['a(?i)b', 'ab aB AB', ['ab', 'aB']],
    ['(?i:t)[12]', 't1 T2 t3', ['t1', 'T2']],
    ['((?i)a)b', 'Ab AB', ['Ab']],
    ['(?i)a(?-i)b', 'Ab AB ab', ['Ab', 'ab']],
    ['(?i)[a-c]x(?-i)y', 'Bxy BXy bXY', ['Bxy', 'BXy']],
    ['(?s)a.b', 'a\nb', ['a\nb']],
    ['a.b', 'a\nb', []],
    ['(?m)^b$', 'a\nb\nc', ['b']],
    ['(?x) a b # two letters', 'ab', ['ab']],
    ['(?x)a\\ b', 'a b', ['a b']],
    // quotations and escapes
    [String.raw`\Qa.b\E+`, 'a.bb axb', ['a.bb']],
    [String.raw`[\Q^-]\E]+`, 'a^]-b', ['^]-']],
    [String.raw`\-\"\'\/\ `, `-"'/ `, [`-"'/ `]],
    [String.raw`\x41\u0042\x{43}\0104`, 'ABCD', ['ABCD']],
    [String.raw`\uD83D\uDE00`, 'x😀', ['😀']],
    [String.raw`a\hb`, 'a\u00a0b a\tb a\nb', ['a\u00a0b', 'a\tb']],
    [String.raw`a\vb`, 'a\nb a b', ['a\nb']],
    [String.raw`a\Rb`, 'a\r\nb', ['a\r\nb']],
    [String.raw`\Aa|z\z|y\Z`, 'a a z y z', ['a', 'z']],
    [String.raw`\H+`, 'ab\tcd', ['ab', 'cd']],
    // possessive and atomic
    ['a*+a', 'aaa', []],
    ['a++b', 'aab', ['aab']],
    ['(?>ab|a)c', 'abc ac', ['abc', 'ac']],
    ['(?>a|ab)c', 'abc', []],
    [String.raw`a?+(b)\1`, 'abb bb', ['abb', 'bb']],
    [String.raw`(x)a{1,2}+(y)\2\1`, 'xaayyx', ['xaayyx']],
    // classes
    [String.raw`\p{Alpha}+`, 'ab1 é', ['ab']],
    [String.raw`\p{L}+`, 'aé1', ['aé']],
    [String.raw`\pL+`, 'aé1', ['aé']],
    [String.raw`\p{IsAlphabetic}+`, 'aé1', ['aé']],
    [String.raw`\p{IsGreek}+`, 'a βγ', ['βγ']],
    [String.raw`\p{InGreek}+`, 'a βγ', ['βγ']],
    [String.raw`\p{sc=Greek}\p{gc=Ll}`, 'βγ', ['βγ']],
    [String.raw`\p{Punct}+`, 'a[]{}~b', ['[]{}~']],
    [String.raw`[\p{Upper}\d]+`, 'AB12c', ['AB12']],
    [String.raw`[^\p{Punct}\s]+`, 'a, b', ['a', 'b']],
    [String.raw`\P{L}+`, 'a12b', ['12']],
    [String.raw`[\P{L}]+`, 'a12b', ['12']],
    [String.raw`[\P{Alpha}x]+`, 'a1xb', ['1x']],
    ['[a-d[m-p]]+', 'abmz', ['abm']],
    ['[a-z&&[^aeiou]]+', 'abcde', ['bcd']],
    ['[a-z&&def]+', 'abcdefg', ['def']],
    ['[^a-z&&[aeiou]]+', 'abE', ['bE']],
    ['[]a]+', 'x]a', [']a']],
    ['[a-]+', 'a-b', ['a-']],
    ['(?U)\\w+', 'né', ['né']],
    // what only JavaScript's flag u refuses
    ['a]b}', 'a]b}', ['a]b}']],
    [String.raw`[\[(){}|/-]+`, 'a[(){}|/-', ['[(){}|/-']],
    [String.raw`(?=a)*b`, 'b', ['b']],
    ['(?:a{2}){2}|b{2}{2}', 'aaaa bbbb', ['aaaa', 'bbbb']],
    ['|a', 'a', ['', '']],
  ])('%s in %j', (pattern, text, matches) => {
    expect(found(pattern, text)).toEqual(matches);
  });

  it('spells case out where flags cannot be given', () => {
    expect(translateJavaRegex('(?i)ct[a-c]', { cases: 'spelled' })).toEqual({ source: '[cC][tT][a-cA-C]', flags: 'u' });
    expect(translateJavaRegex('(?i)ct')).toEqual({ source: 'ct', flags: 'iu' });
  });

  it('keeps to one token where a pattern was meant for one', () => {
    const token = { start: '(?<!\\S)', end: '(?!\\S)' };
    const of = (pattern: string): string => translateJavaRegex(pattern, { token }).source;
    expect(of('^a.b$')).toBe('(?<!\\S)a\\Sb(?!\\S)');
    expect(of('[^a]\\W\\D')).toBe('[^a\\s][^\\w\\s][^\\d\\s]');
  });

  it.each([
    '(',
    'a)',
    '[a',
    '*a',
    String.raw`\G`,
    String.raw`\2(a)`,
    '(?<n>a)\\k<m>',
    '[z-a]',
    String.raw`\p{Nope}`,
    'a\\',
  ])('refuses %s and says where', (pattern) => {
    expect(() => javaRegex(pattern)).toThrow(JavaRegexError);
    expect(() => javaRegex(pattern)).toThrow(/at character \d+/u);
  });
});
