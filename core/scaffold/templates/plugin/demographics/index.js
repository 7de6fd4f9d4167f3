import { definePlugin } from 'legenda/plugin';

/** @typedef {{ oldest: number }} Options */

/** Parts of a year. @type {Record<string, number>} */
const YEARS = { year: 1, month: 1 / 12 };

/**
 * Age: the first number before a word with a unit. Gender: the first word that has one.
 * @type {import('legenda/plugin').Plugin<'demographics', Options>}
 */
const plugin = {
  name: '{{name}}',
  version: '0.1.0',
  api: 1,
  slot: 'demographics',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      oldest: { type: 'number', minimum: 1, default: 120, description: 'An age above it, in years, is none.' },
    },
  },
  optionsExamples: [{ oldest: 18 }],
  setup(context, { oldest }) {
    const words = context.lexicon('{{name}}');
    return {
      read(doc) {
        let age = null;
        let gender = null;
        for (const { entry, start, end } of words.find(doc)) {
          const unit = /** @type {import('legenda/plugin').AgeUnit | undefined} */ (entry.attributes.unit);
          if (unit !== undefined && age === null) {
            const number = doc.tokenAt(start) - 1; // the token before the unit
            const value = number < 0 ? NaN : Number(doc.tokenText(number));
            const years = round(value * YEARS[unit]);
            if (years <= oldest) age = { value, unit, years, start: doc.start[number], end, confidence: 0.9 };
          }
          if (entry.attributes.gender !== undefined) gender ??= { entry, start, end };
        }
        return {
          age,
          gender: /** @type {import('legenda/plugin').Gender} */ (gender?.entry.attributes.gender ?? 'Unknown'),
          genderEvidence: gender && { start: gender.start, end: gender.end },
          genderConfidence: gender ? 0.9 : 0,
        };
      },
    };
  },
};

/** Whole years from 2 on, a fraction below. @param {number} years */
const round = (years) => (years >= 2 ? Math.floor(years) : Math.round(years * 1e4) / 1e4);

export default definePlugin(plugin);
