import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaptionSplit } from '../../core/plugin/index.js';
import { openSplitter, textsOf } from './splitter.js';

interface Form {
  readonly form?: number;
  readonly why: string;
  readonly caption: string;
  readonly panels: Readonly<Record<string, string>>;
}
const forms = load(readFileSync(new URL('forms.yaml', import.meta.url), 'utf8')) as readonly Form[];

let split: (caption: string, expectedPanels?: number) => CaptionSplit;
beforeAll(async () => {
  split = await openSplitter();
});

describe('forms of captions', () => {
  it('has all 41', () => {
    expect(forms.flatMap((f) => f.form ?? [])).toEqual(Array.from({ length: 41 }, (_, n) => n + 1));
  });
  it.each(forms.map((f) => [f.why, f] as const))('%s', (_, { caption, panels }) => {
    const result = split(caption);
    expect(textsOf(result)).toEqual(panels);
    if (Object.keys(panels).length > 0)
      expect(result.subcaptions.map((s) => s.panel).sort()).toEqual(Object.keys(panels).sort());
  });
});

describe('order, confidence and hints', () => {
  const panels = (s: CaptionSplit): (string | null)[] => s.subcaptions.map((p) => p.panel);
  const keys = 'Abdominal CT, coronal view: (a) renal artery, (b) renal vein, and (c) ureter.';

  it('orders panels by name', () => {
    expect(panels(split('(B10) Ten. (A2) Two. (A1) One. (B2) b. (B1) a. (B3) c.')).slice(0, 4)).toEqual([
      'A1',
      'A2',
      'B1',
      'B2',
    ]);
    expect(panels(split('Panels. (ii) Two axial scans. (i) One axial scan. (iii) Three axial scans.'))).toEqual([
      'i',
      'ii',
      'iii',
    ]);
  });

  it('says why it is unsure', () => {
    const result = split(keys);
    expect(panels(result)).toEqual([null]);
    expect(result.confidence).toBe('low');
    expect(result.reasons).toContain('keys-of-one-picture');
    expect(result.markers.every((m) => !m.taken && m.why.length > 0)).toBe(true);
  });

  it('lets the count of panels settle an unsure caption only', () => {
    expect(panels(split(keys, 3))).toEqual(['A', 'B', 'C']);
    expect(panels(split(keys, 5))).toEqual([null]);
    const clear = '(A) Axial CT of the head. (B) Axial CT of the neck.';
    expect(split(clear).confidence).toBe('high');
    expect(panels(split(clear, 1))).toEqual(['A', 'B']);
    expect(panels(split(clear, 4))).toEqual(['A', 'B']);
  });

  it('names a gap in the sequence and a mixture of styles', () => {
    expect(split('(A) Axial CT. (B) Coronal CT. (D) Sagittal CT.').reasons).toContain('sequence-gap');
    expect(split('(A) Axial CT. (B) Coronal CT. C: Sagittal CT.').reasons).toContain('mixed-styles');
  });

  it('tells taken markers from refused ones', () => {
    const { markers } = split('Brain MRI, (A) T1, (B) FLAIR. H, hippocampus; C, cerebellum.');
    expect(markers.filter((m) => m.taken).flatMap((m) => m.panels)).toEqual(['A', 'B']);
    expect(markers.find((m) => m.panels[0] === 'H')?.why).toBe('out of sequence');
  });

  it('gives ranges of the caption', () => {
    const caption = 'Chest CT. (A) Axial slice. (B) Coronal slice. Arrows mark the node.';
    const stretches = split(caption).subcaptions.map((s) =>
      s.ranges.map(({ start, end }) => caption.slice(start, end)),
    );
    expect(stretches).toEqual([
      ['Chest CT.', 'Axial slice.', 'Arrows mark the node.'],
      ['Chest CT.', 'Coronal slice.', 'Arrows mark the node.'],
    ]);
  });

  it('takes an empty caption and one of white space', () => {
    expect(split('').subcaptions).toEqual([{ panel: null, text: '', ranges: [] }]);
    expect(split(' \n ').subcaptions).toHaveLength(1);
  });
});
