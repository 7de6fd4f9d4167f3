import { describe, expect, it } from 'vitest';
import { isSource, parseYaml, type Source } from '../../core/source/index.js';

const text = `# a comment
a: 1
'b c': [x, "y", {p: q}]
m:
  - one
  - |
    block
  - &z {k: v}
  - *z
empty:
a/b: t
`;

function sourceOf(yaml: string): Source {
  const parsed = parseYaml('f.yaml', yaml);
  if (!isSource(parsed)) throw new Error(parsed.reason);
  return parsed;
}
const at = (source: Source, pointer: string, part?: 'key' | 'value'): string => {
  const { line, col, endLine, endCol } = source.rangeOf(pointer, part);
  return `${line}:${col}-${endLine}:${endCol}`;
};

describe('places in a YAML file', () => {
  it.each([
    ['/a', '2:4-2:5', '2:1-2:2'],
    ['/b c', '3:8-3:22', '3:1-3:6'],
    ['/b c/1', '3:12-3:15', '3:12-3:15'],
    ['/b c/2/p', '3:21-3:22', '3:18-3:19'],
    ['/m/0', '5:5-5:8', '5:5-5:8'],
    ['/m/3', '9:5-9:7', '9:5-9:7'],
    ['/m/3/k', '8:12-8:13', '8:9-8:10'],
    ['/empty', '10:6-10:6', '10:1-10:6'],
    ['/a~1b', '11:6-11:7', '11:1-11:4'],
    ['/nowhere/deeper', '2:1-11:7', '2:1-11:7'],
  ])('%s', (pointer, value, key) => {
    expect(at(sourceOf(text), pointer)).toBe(value);
    expect(at(sourceOf(text), pointer, 'key')).toBe(key);
  });

  it('stay right where an item is taken out', () => {
    const source = sourceOf('list: [a, 1, c]\nother: x\n');
    source.remove('/list/1');
    source.remove('/other');
    expect(source.value).toEqual({ list: ['a', 'c'] });
    expect(at(source, '/list/1')).toBe('1:14-1:15');
  });

  it('take an empty file as null', () => {
    expect(sourceOf('# nothing\n').value).toBeNull();
  });
});

describe('what is no YAML', () => {
  it.each([
    ['a: 1\na: 2\n', 'duplicated mapping key', 2, 1],
    ['a: [1, 2\nb: 3\n', 'deficient indentation', 2, 1],
    ['a: *b\n', 'unidentified alias "b"', 1, 5],
    ['a: 1\n---\nb: 2\n', 'the file holds more than one document', 2, 2],
  ])('%j', (yaml, reason, line, col) => {
    expect(parseYaml('f.yaml', yaml)).toMatchObject({ reason, range: { line, col } });
  });

  it('is not blown up by aliases', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [own, of] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg', 'ih', 'ji', 'kj', 'lk', 'ml', 'nm'].map(
      (pair) => [pair[0], pair[1]],
    )) {
      bomb.push(`${own}: &${own} [${Array.from({ length: 9 }, () => `*${of}`).join(', ')}]`);
    }
    expect(isSource(parseYaml('f.yaml', bomb.join('\n')))).toBe(false);
  });
});
