import { definePlugin } from 'legenda/plugin';
import { readAges } from './age.js';
import { readGender } from './gender.js';

/** @typedef {{ oldest: number, pronouns: boolean }} Options */

/**
 * Age and gender of the patient in German texts. The words are in `words/`, and come by `context.lexicon`.
 * @type {import('legenda/plugin').Plugin<'demographics', Options>}
 */
const plugin = {
  name: 'demographics-german',
  version: '1.0.0',
  api: 1,
  slot: 'demographics',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      oldest: { type: 'number', minimum: 1, default: 120, description: 'An age above it, in years, is none.' },
      pronouns: { type: 'boolean', default: true, description: 'Whether pronouns tell the gender where no noun does.' },
    },
  },
  optionsExamples: [{ oldest: 18, pronouns: false }],
  setup(context, { oldest, pronouns }) {
    const words = context.lexicon('demographics-german');
    return {
      read(doc) {
        const hits = words.find(doc);
        const [best = null] = readAges(doc, hits).filter(({ age }) => age.years <= oldest);
        return { age: best && best.age, ...readGender(hits, best, pronouns) };
      },
    };
  },
};

export default definePlugin(plugin);
