import { beforeAll, describe, expect, it } from 'vitest';
import { defaultConfig } from '../../core/config.js';
import { buildEngine } from '../../core/container.js';
import type { Engine } from '../../core/engine.js';
import { listAt } from './labels.js';
import { Reading } from './reading.js';
import type { Doc, PluginLexicon } from '../../core/plugin/index.js';

/** A lexicon with no word. */
const empty: PluginLexicon = { find: () => [], scan: () => undefined };

let engine: Engine;
beforeAll(async () => {
  engine = await buildEngine(defaultConfig(process.cwd()), ['caption-splitter']);
});
const doc = (text: string): Doc => engine.doc(text);

describe('lists of labels', () => {
  const names = (text: string): string[] => {
    const reading = new Reading(empty);
    reading.read(doc(text));
    return listAt(reading, 0, false, true)?.labels.map((l) => l.name) ?? [];
  };
  it.each([
    ['A-D', ['A', 'B', 'C', 'D']],
    ['B–E', ['B', 'C', 'D', 'E']],
    ['a − c', ['A', 'B', 'C']],
    ['A, C, E', ['A', 'C', 'E']],
    ['A/B', ['A', 'B']],
    ['A & B', ['A', 'B']],
    ['A1-A3', ['A1', 'A2', 'A3']],
    ['1A', ['A']],
    ['2–4', ['2', '3', '4']],
    ['i–iii', ['i', 'ii', 'iii']],
    ['I-III', ['i', 'ii', 'iii']],
    ['Y-AB', ['Y', 'Z', 'AA', 'AB']],
    ['C-arm', []],
    ["A's", []],
    ['X-ray', []],
    ['CD20', []],
    ['150', []],
  ])('%s', (text, expected) => expect(names(text)).toEqual(expected));
});

describe('options', () => {
  it('keeps a caption with more than maxPanels whole, and says so', async () => {
    const config = {
      ...defaultConfig(process.cwd()),
      slots: { 'caption-splitter': [{ plugin: 'grammar', options: { maxPanels: 2 } }] },
    };
    const strict = await buildEngine(config, ['caption-splitter']);
    const split = (text: string) => strict.processor('caption-splitter').split({ doc: strict.doc(text) });
    const three = split('(A) Axial CT. (B) Coronal CT. (C) Sagittal CT.');
    expect(three.subcaptions.map((s) => s.panel)).toEqual([null]);
    expect(three.reasons).toContain('too-many-panels');
    expect(split('(A) Axial CT. (B) Coronal CT.').subcaptions).toHaveLength(2);
  });
});
