import { describe, expect, it } from 'vitest';
import type { Register } from '../../core/plugin/index.js';
import context from '../../plugins/assertion-context/index.js';
import { languageHost } from './host.js';
import { markedTexts } from './marked.js';

const { pack, host } = await languageHost();
const classifier = context.setup(host, {});
const files: readonly (readonly [string, Register])[] = [
  ['en.txt', 'note'],
  ['es.txt', 'note'],
  ['fr.txt', 'note'],
  ['pt.txt', 'note'],
  ['caption.txt', 'caption'],
];

describe.each(files)('%s', (file, register) => {
  it.each(markedTexts(file).map((marked) => [marked.text, marked] as const))('%s', (text, { concepts }) => {
    const results = classifier.classify(host.doc(text), concepts, register);
    const told = (i: number, assertion: string): string =>
      `${text.slice(concepts[i].start, concepts[i].end)}: ${assertion}`;
    expect(results.map((r, i) => told(i, r.assertion))).toEqual(concepts.map((c, i) => told(i, c.assertion)));
  });
});

describe('the dictionaries of cues', () => {
  it('have a case for each value', () => {
    const met = new Set<string>();
    for (const language of ['en', 'es', 'fr', 'pt']) {
      for (const { text, concepts } of markedTexts(`${language}.txt`)) {
        const doc = host.doc(text);
        const deciding = classifier.classify(doc, concepts).map(({ cue }) => cue);
        host.lexicon('assertion-cues').scan(doc, ({ value, attributes }, first, last) => {
          const decides = deciding.some((cue) => cue?.start === doc.start[first] && cue.end === doc.end[last]);
          if (attributes.language !== language) return;
          if (decides || attributes.direction === 'pseudo' || attributes.assertion === 'present') {
            met.add(`${language}/${value}`);
          }
        });
      }
    }
    const all = pack.dictionaries
      .filter(({ lexicon }) => lexicon === 'assertion-cues')
      .flatMap(({ language, values }) => values.map(({ value }) => `${String(language)}/${value}`));
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter((name) => !met.has(name))).toEqual([]);
  });
});
