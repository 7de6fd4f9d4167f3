import { definePlugin } from 'legenda/plugin';

/** @typedef {{ letters: string }} Options */

/**
 * A letter in round brackets begins a panel, which reaches to the next one. What stands before the first is of all.
 * @type {import('legenda/plugin').Plugin<'caption-splitter', Options>}
 */
const plugin = {
  name: '{{name}}',
  version: '0.1.0',
  api: 1,
  slot: 'caption-splitter',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      letters: { type: 'string', pattern: '^[A-Z]+$', default: 'ABCDEFGHIJ', description: 'The letters that name panels, in their order.' },
    },
  },
  optionsExamples: [{ letters: 'ABCD' }],
  setup(_context, { letters }) {
    const marker = new RegExp(`\\(([${letters}])\\)`, 'giu');
    return {
      split({ doc: { text } }) {
        const found = [...text.matchAll(marker)].map(({ 0: mark, 1: letter, index }) => ({
          panel: letter.toUpperCase(),
          start: index,
          end: index + mark.length,
        }));
        const panels = new Set(found.map(({ panel }) => panel));
        if (panels.size < 2 || panels.size < found.length) return whole(text);
        const shared = found[0].start > 0 ? [{ start: 0, end: found[0].start }] : [];
        return {
          subcaptions: found
            .map(({ panel, end }, i) => {
              const ranges = [...shared, { start: end, end: found[i + 1]?.start ?? text.length }].filter(isNotEmpty);
              return { panel, text: ranges.map((range) => text.slice(range.start, range.end).trim()).join(' '), ranges };
            })
            .sort((a, b) => letters.indexOf(a.panel) - letters.indexOf(b.panel)),
          confidence: 'medium',
          reasons: [],
          markers: found.map(({ panel, start, end }) => ({
            panels: [panel], style: 'letter in brackets', taken: true, why: 'it begins a panel', start, end,
          })),
        };
      },
    };
  },
};

/** @param {{ start: number, end: number }} range */
const isNotEmpty = ({ start, end }) => start < end;

/** @param {string} text @returns {import('legenda/plugin').CaptionSplit} */
const whole = (text) => ({
  subcaptions: [{ panel: null, text, ranges: text === '' ? [] : [{ start: 0, end: text.length }] }],
  confidence: 'high',
  reasons: [],
  markers: [],
});

export default definePlugin(plugin);
