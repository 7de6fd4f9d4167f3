import { decodeText, floatLabelReader, licenseReader, xmlRoot, xmlUnits } from '../../core/article/index.js';
import { definePlugin, type ArticleSource } from '../../core/plugin/index.js';
import { readArticle } from './article.js';
import { fromJson, fromXml, type BioCDocument } from './document.js';
import { jsonUnits } from './jsonUnits.js';

const XML = { units: new Set(['document']), skip: new Set(['annotation', 'relation']) };
const JSON_START = /^\uFEFF?\s*[[{]/;
const JSON_FIELDS = /"(?:documents|passages|bioctype|infons)"\s*:/;
/** Lists and objects with nothing in them: read, so that one is told that they hold no document. */
const JSON_EMPTY = /^\uFEFF?[\s[\]{}]*$/;

export default definePlugin({
  name: 'bioc',
  version: '1.0.0',
  api: 1,
  slot: 'article-reader',
  options: { type: 'object', properties: {}, additionalProperties: false },
  setup(context) {
    const tools = { license: licenseReader(context), floatLabel: floatLabelReader(context) };
    return {
      accepts: (head) =>
        xmlRoot(head) === 'collection' || (JSON_START.test(head) && (JSON_FIELDS.test(head) || JSON_EMPTY.test(head))),
      async *read(source) {
        let index = 0;
        for await (const { document, collection } of documentsOf(source)) {
          yield readArticle(document, { source: collection }, source.file, index++, tools);
        }
        if (index === 0) throw new Error('The file holds no BioC document.');
      },
    };
  },
});

interface Found {
  readonly document: BioCDocument;
  readonly collection: string | null;
}

/** Tells XML from JSON by the first character that is no white space. */
async function* documentsOf(source: ArticleSource): AsyncGenerator<Found> {
  const chunks = source.chunks[Symbol.asyncIterator]();
  const before: Uint8Array[] = [];
  let first: number | undefined;
  while (first === undefined) {
    const { done, value } = await chunks.next();
    if (done) break;
    before.push(value);
    first = value.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf && byte < 0xfe);
  }
  const all: AsyncIterable<Uint8Array> = {
    async *[Symbol.asyncIterator]() {
      yield* before;
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
    },
  };
  if (first === 0x3c) {
    for await (const { element, outer } of xmlUnits(all, XML)) {
      yield { document: fromXml(element), collection: outer.get('source') ?? null };
    }
    return;
  }
  for await (const { value, source: collection } of jsonUnits(decodeText(all))) {
    const document = fromJson(value);
    if (document) yield { document, collection };
  }
}
