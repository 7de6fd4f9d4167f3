import { definePlugin } from 'legenda/plugin';

/** @typedef {{ least: number }} Options */

/**
 * One case for each section that speaks of a patient, with the figures that its paragraphs point to.
 * @type {import('legenda/plugin').Plugin<'patient-segmenter', Options>}
 */
const plugin = {
  name: '{{name}}',
  version: '0.1.0',
  api: 1,
  slot: 'patient-segmenter',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      least: { type: 'integer', minimum: 1, default: 1, description: 'How many words of a patient make a section a case.' },
    },
  },
  optionsExamples: [{ least: 2 }],
  setup(context, { least }) {
    const words = context.lexicon('{{name}}');
    return {
      segment(article) {
        const cases = [];
        const shared = [];
        for (const { title, paragraphs } of flat(article.sections)) {
          const text = paragraphs.map((one) => one.text).join('\n');
          if (words.find(context.doc(text)).length < least) {
            if (text !== '') shared.push({ role: title ?? 'text', text });
            continue;
          }
          const figures = article.figures.filter(({ figure_id }) =>
            paragraphs.some(({ references }) => references.some(({ target }) => target === figure_id)),
          );
          cases.push({
            case_id: `${article.article_id}_${String(cases.length + 1).padStart(2, '0')}`,
            text,
            figures: figures.map(({ figure_id }) => ({ figure_id, text_references: [], mentions: [] })),
          });
        }
        return { cases, shared_text: shared, skipped_reason: cases.length === 0 ? 'no-patient' : null };
      },
    };
  },
};

/**
 * @param {readonly import('legenda/plugin').Section[]} sections
 * @returns {import('legenda/plugin').Section[]}
 */
const flat = (sections) => sections.flatMap((section) => [section, ...flat(section.sections)]);

export default definePlugin(plugin);
