import { articleId, decodeText, floatLabelReader } from '../../core/article/index.js';
import { definePlugin } from '../../core/plugin/index.js';
import { readText } from './text.js';

/** A text of more characters is no article. */
const MAX_LENGTH = 32 << 20;

/** Markup and JSON are for other readers, control characters for none. */
const OTHER_FORMAT = /^\uFEFF?\s*(?:<(?:[!?]|[a-z][\w:.-]*[\s>/])|[[{]\s*["[{\]}])/i;
const BINARY = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

export default definePlugin({
  name: 'text',
  version: '1.0.0',
  api: 1,
  slot: 'article-reader',
  options: { type: 'object', properties: {}, additionalProperties: false },
  setup(context) {
    const floatLabel = floatLabelReader(context);
    return {
      accepts: (head) => !OTHER_FORMAT.test(head) && !BINARY.test(head) && !head.startsWith('%PDF-'),
      async *read(source) {
        let text = '';
        for await (const piece of decodeText(source.chunks)) {
          text += piece;
          if (text.length > MAX_LENGTH) throw new Error(`The text has more than ${MAX_LENGTH} characters.`);
        }
        if (text.trim() === '') throw new Error('The file is empty.');
        yield readText(
          text.replace(/^\uFEFF/, ''),
          source.file,
          articleId({ pmcid: null, doi: null }, source.file, 0),
          floatLabel,
        );
      },
    };
  },
});
