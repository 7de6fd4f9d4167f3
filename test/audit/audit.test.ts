import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Entity, LabelRecord } from '../../core/index.js';
import { audit, diffPacks, renderAudit, renderDiff, type AuditTrace } from '../../core/audit/index.js';
import { ruleCosts } from '../../core/audit/cost.js';
import { loadPacks, type Rule } from '../../core/pack/index.js';

const FILES = {
  'pack.yaml': 'id: lab\nversion: 1.0.0\nengine: "*"\n',
  'hue.yaml':
    'entity: hue\nvalues:\n  red: { terms: [red] }\n  scarlet: { terms: [bright red] }\n  pink: { terms: [pink, shows, with] }\n  grey: { terms: [grey] }\n',
  'rules.yaml':
    "rules:\n  - { id: size, entity: size, regex: '\\d{1,3} mm' }\n  - { id: depth, entity: depth, regex: '\\bdeep\\b' }\n",
};

function pack() {
  const cwd = mkdtempSync(join(tmpdir(), 'legenda-audit-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(cwd, name), text);
  return loadPacks(['.'], { builtin: false, cwd, engineVersion: '0.1.0' });
}

/** Finds the words of the pack in its simplest sense: `red` beats `bright red`, `grey` lacks its context. */
const hit = (id: string) => ({ sense: { id, at: '', blocks: false }, start: 0, end: 1 });
const engine = {
  read(caption: string): AuditTrace {
    const has = (word: string): boolean => caption.includes(word);
    return {
      found: [
        ...(has('red') ? ['hue/red'] : []),
        ...(has('mm') ? ['size'] : []),
        ...(has('shows') || has('with') ? ['hue/pink'] : []),
      ].map((id) => ({ hit: hit(id) })),
      resolved: { shadowed: has('bright red') ? [{ hit: hit('hue/scarlet'), by: hit('hue/red') }] : [] },
      refusals: has('grey') ? [{ sense: hit('hue/grey').sense }] : [],
    };
  },
};
const captions = [
  'A bright red spot of 4 mm.',
  'Grey scale, with grey matter.',
  ...Array.from({ length: 8 }, (_, i) => `The image of day ${i} clearly shows a spot with a red rim.`),
];

describe('an audit', () => {
  it('finds what never fires, what always loses, and ordinary words', () => {
    const report = audit(pack(), engine, captions);
    expect(report.captions).toBe(10);
    expect(
      report.diagnostics.map((one) => `${one.file}:${one.range?.line} ${one.code} ${one.message} | ${one.help}`),
    ).toEqual([
      'hue.yaml:4 always-shadowed `hue/scarlet` never wins: `hue/red` (1) takes its place | give it a higher `priority` or longer terms, or take it out',
      'hue.yaml:5 ordinary-word `shows` of `hue/pink` is an ordinary word (mostly no noun or adjective; in 8 captions) | match it by exact case, give it a context, or make the term longer',
      'hue.yaml:5 ordinary-word `with` of `hue/pink` is an ordinary word (stop word; in 9 captions) | match it by exact case, give it a context, or make the term longer',
      'hue.yaml:6 never-fires `hue/grey` fires in none of 10 captions | its words stand there 1 times, but a context or an exception turns them away',
      'rules.yaml:3 never-fires `depth` fires in none of 10 captions | its words do not stand there',
    ]);
    expect(report.tallies.get('hue/red')).toMatchObject({ fired: 9, first: 0 });
    expect(renderAudit(report)).toMatch(
      /^10 captions; 3 of 6 values and rules fire\n\nMost often\n {2}hue\/red +9 {2}90.0 %/,
    );
  });

  it('is confined to the packs that are asked for', () => {
    expect(audit(pack(), engine, captions, { packs: new Set() }).diagnostics).toEqual([]);
  });
});

it('times a regex only where an anchor of it stands', () => {
  const rule = (id: string, regex: string): Rule => ({ ...pack().effective.rules[0], id, regex });
  let clock = 0;
  const costs = ruleCosts(
    [rule('size', '\\d mm'), rule('deep', '\\bdeep\\b')],
    ['4 mm', 'nothing', '5 mm and 6 mm'],
    () => clock++,
  );
  expect(costs).toEqual([
    { rule: 'size', runs: 2, matches: 3, milliseconds: 2, slowest: { caption: 0, milliseconds: 1 } },
    { rule: 'deep', runs: 0, matches: 0, milliseconds: 0, slowest: { caption: -1, milliseconds: 0 } },
  ]);
});

describe('the difference of two packs', () => {
  const entity = (text: string, value: string, start: number): Entity => ({
    start,
    end: start + text.length,
    text,
    entity: 'hue',
    value,
    labels: [],
    assertion: 'present',
    codes: {},
    confidence: 0.5,
    origin: { pack: 'lab@1.0.0', rule: `hue/${value}`, at: 'hue.yaml:3' },
  });
  const record = (caption: string, labels: string[], entities: Entity[]): LabelRecord => ({
    caption,
    labels,
    entities,
    subcaptions: [],
  });
  const corpus = [
    { id: 'a|1', caption: 'red <b>@you</b> `x`' },
    { id: 'b', caption: 'pink' },
  ];
  const before = {
    label: (caption: string) => record(caption, ['spot'], caption === 'pink' ? [entity('pink', 'red', 0)] : []),
  };
  const after = {
    label: (caption: string) =>
      record(
        caption,
        caption === 'pink' ? ['spot'] : ['spot', 'red'],
        caption === 'pink' ? [entity('pink', 'pink', 0)] : [],
      ),
  };

  it('is counted', () => {
    const diff = diffPacks(before, after, corpus);
    expect(diff).toMatchObject({ captions: 2, relabelled: 1, reread: 1 });
    expect([...diff.labels].map(([name, { gained, lost }]) => [name, gained, lost])).toEqual([['red', 1, 0]]);
    expect([...diff.entities].map(([name, { gained, lost }]) => [name, gained, lost])).toEqual([
      ['hue=pink', 1, 0],
      ['hue=red', 0, 1],
    ]);
  });

  it('is a Markdown comment in which captions are no markup', () => {
    const text = renderDiff(diffPacks(before, after, corpus), { old: 'lab@1.0.0', new: 'lab@1.1.0' });
    expect(text).toContain('1 of 2 captions (50.0 %) have other labels, 1 (50.0 %) other entities.');
    expect(text).toContain('| `red` | +1 |  |');
    expect(text).toContain('| `hue=red` |  | −1 |');
    expect(text).toContain('- + `red` in `a\\|1`: red &lt;b&gt;@\u200byou&lt;/b&gt; \\`x\\`');
    expect(renderDiff(diffPacks(before, before, corpus), { old: 'a', new: 'a' })).toContain(
      'No difference over 2 captions.',
    );
  });
});
