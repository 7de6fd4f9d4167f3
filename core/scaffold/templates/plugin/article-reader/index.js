import { basename, extname } from 'node:path';
import { definePlugin } from 'legenda/plugin';

/** @typedef {{ title: string, figure: string }} Options */

/**
 * Reads a plain format of its own: a line with the title, paragraphs with empty lines between them, and a paragraph
 * that begins with the figure's mark for each figure.
 * @type {import('legenda/plugin').Plugin<'article-reader', Options>}
 */
const plugin = {
  name: '{{name}}',
  version: '0.1.0',
  api: 1,
  slot: 'article-reader',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      title: { type: 'string', minLength: 1, default: 'Title:', description: 'What a file begins with.' },
      figure: { type: 'string', minLength: 1, default: 'Figure:', description: 'What the caption of a figure begins with.' },
    },
  },
  optionsExamples: [{ title: '=', figure: '@' }],
  setup(_context, { title, figure }) {
    return {
      accepts: (head) => head.startsWith(title),
      async *read({ file, chunks }) {
        const decoder = new TextDecoder('utf-8', { fatal: true });
        let text = '';
        for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
        text += decoder.decode();
        const [head = '', ...blocks] = text.split(/\r?\n\s*\r?\n/u).map((block) => block.trim());
        if (!head.startsWith(title)) throw new Error(`the file does not begin with '${title}'`);
        const captions = blocks.filter((block) => block.startsWith(figure));
        const paragraphs = blocks.filter((block) => block !== '' && !block.startsWith(figure));
        yield {
          ...UNKNOWN,
          article_id: basename(file, extname(file)),
          file,
          title: head.slice(title.length).trim(),
          sections: [{ title: null, type: null, sections: [], paragraphs: paragraphs.map((one) => ({ text: one, references: [] })) }],
          figures: captions.map((caption, i) => ({
            figure_id: `f${i + 1}`,
            label: `Figure ${i + 1}`,
            caption: caption.slice(figure.length).trim(),
            markup: [],
            file: null,
          })),
        };
      },
    };
  },
};

/** What the format does not tell. */
const UNKNOWN = {
  language: null, article_type: null, pmcid: null, pmid: null, doi: null, journal: null, year: null, license: null,
  authors: [], keywords: [], mesh_terms: [], publication_types: [], abstract: null, tables: [],
};

export default definePlugin(plugin);
