import { definePlugin } from 'legenda/plugin';

/** @typedef {{ reach: number }} Options */

/**
 * The nearest cue before a concept, in its sentence, says what is asserted of it.
 * @type {import('legenda/plugin').Plugin<'assertion', Options>}
 */
const plugin = {
  name: '{{name}}',
  version: '0.1.0',
  api: 1,
  slot: 'assertion',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      reach: { type: 'integer', minimum: 1, default: 40, description: 'How far before a concept a cue may end, in characters.' },
    },
  },
  optionsExamples: [{ reach: 10 }],
  setup(context, { reach }) {
    const words = context.lexicon('{{name}}');
    return {
      classify(doc, concepts) {
        const cues = words.find(doc);
        return concepts.map(({ start }) => {
          const sentence = doc.sentences.find((one) => one.start <= start && start < one.end);
          const cue = cues.findLast(
            (one) => one.end <= start && start - one.end <= reach && one.start >= (sentence?.start ?? 0),
          );
          if (cue === undefined) return { assertion: 'present', cue: null };
          const assertion = /** @type {import('legenda/plugin').Assertion} */ (cue.entry.attributes.assertion);
          return { assertion, cue: { start: cue.start, end: cue.end } };
        });
      },
    };
  },
};

export default definePlugin(plugin);
