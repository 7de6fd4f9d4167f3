import { describe, expect, it } from 'vitest';
import { codeFrame, nearest, reporters, tidy, type Diagnostic } from '../../core/diagnostics/index.js';

const range = (line: number, col: number, endCol: number) => ({ line, col, endLine: line, endCol });
const text = 'entity: colour\nvalues:\n  red: { terms: [red, "a<b"] }\n';
const error: Diagnostic = {
  code: 'unknown-label',
  severity: 'error',
  message: '`a<b` is no "class"',
  file: 'a,b.yaml',
  range: range(3, 23, 28),
  help: 'did you mean `ab`?',
  related: [{ message: 'the first one', file: 'c.yaml', range: range(1, 1, 2) }],
};
const warning: Diagnostic = {
  code: 'empty-glob',
  severity: 'warning',
  message: '100% empty\nreally',
  file: 'pack.yaml',
};
const context = { version: '0.1.0', textOf: (file: string) => (file === 'a,b.yaml' ? text : undefined) };

describe('reporters', () => {
  it('pretty', () => {
    expect(reporters.pretty([error, warning], context)).toBe(
      [
        'a,b.yaml:3:23  error  `a<b` is no "class"  unknown-label',
        '  2 | values:',
        '  3 |   red: { terms: [red, "a<b"] }',
        '    |                       ^^^^^',
        '  help: did you mean `ab`?',
        '  see: c.yaml:1:1: the first one',
        '',
        'pack.yaml  warning  100% empty\nreally  empty-glob',
        '',
        '1 error, 1 warning',
        '',
      ].join('\n'),
    );
    expect(reporters.pretty([], context)).toBe('no faults\n');
  });

  it('json', () => {
    expect(JSON.parse(reporters.json([error], context))).toEqual([
      {
        code: 'unknown-label',
        severity: 'error',
        message: error.message,
        file: 'a,b.yaml',
        line: 3,
        col: 23,
        endLine: 3,
        endCol: 28,
        help: error.help,
        related: [{ message: 'the first one', file: 'c.yaml', line: 1, col: 1 }],
      },
    ]);
  });

  it('sarif 2.1.0', () => {
    const log = JSON.parse(reporters.sarif([error, warning], context)) as {
      version: string;
      runs: { tool: unknown; results: unknown[] }[];
    };
    expect(log.version).toBe('2.1.0');
    expect(log.runs[0].tool).toMatchObject({
      driver: { name: 'legenda', rules: [{ id: 'empty-glob' }, { id: 'unknown-label' }] },
    });
    expect(log.runs[0].results[0]).toMatchObject({
      ruleId: 'unknown-label',
      ruleIndex: 1,
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a,b.yaml' },
            region: { startLine: 3, startColumn: 23, endColumn: 28 },
          },
        },
      ],
      relatedLocations: [{ id: 0, message: { text: 'the first one' } }],
    });
    expect(log.runs[0].results[1]).toMatchObject({
      level: 'warning',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'pack.yaml' } } }],
    });
  });

  it('junit', () => {
    const xml = reporters.junit([error, warning], {
      ...context,
      checked: ['sound.yaml', 'pack.yaml'].map((file) => ({ file, name: 'sound' })),
    });
    expect(xml).toContain('<testsuites name="legenda" tests="3" failures="1">');
    expect(xml).toContain('<testcase classname="sound.yaml" name="sound"/>');
    expect(xml).toContain('<failure type="unknown-label" message="`a&lt;b` is no &quot;class&quot;">');
  });

  it('github', () => {
    expect(reporters.github([error, warning], context)).toBe(
      '::error file=a%2Cb.yaml,line=3,endLine=3,col=23,endColumn=28,title=unknown-label::`a<b` is no "class"%0Adid you mean `ab`?\n' +
        '::warning file=pack.yaml,title=empty-glob::100%25 empty%0Areally\n',
    );
  });
});

describe('a code frame', () => {
  it('of a long line is cut around the place', () => {
    const frame = codeFrame(`\n${'x '.repeat(200)}HERE${' y'.repeat(200)}`, range(2, 401, 405)).split('\n');
    expect(frame).toHaveLength(2);
    expect(frame[0].length).toBeLessThan(110);
    expect(frame[0].indexOf('HERE')).toBe(frame[1].indexOf('^^^^'));
  });
});

describe('tidying', () => {
  it('sorts by place, drops repeats and what follows from another fault', () => {
    const follow: Diagnostic = { ...warning, code: 'follow', needs: ['labels'] };
    const cause: Diagnostic = { ...warning, code: 'cause', file: 'z.yaml', breaks: ['labels'] };
    expect(tidy([cause, follow, warning, error, error]).map((one) => one.code)).toEqual([
      'unknown-label',
      'empty-glob',
      'cause',
    ]);
    expect(tidy([follow]).map((one) => one.code)).toEqual(['follow']);
  });
});

describe('did you mean', () => {
  it.each([
    ['pigmentd', 'pigmented'],
    ['lables', 'labels'],
    ['CT', 'ct'],
    ['x-ray', 'x_ray'],
    ['tomography', 'computed_tomography'],
    ['zebra', undefined],
  ])('%s: %s', (word, meant) => {
    expect(nearest(word, ['ct', 'mri', 'x_ray', 'labels', 'pigmented', 'computed_tomography'])).toBe(meant);
  });
});
