import type { Article } from '../../article/types.js';
import type { ArticleReader, ImageSplitter, PluginContext, Slot, Slots } from '../../plugin/contract.js';
import type { Doc, Span } from '../../text/index.js';
import { hostileTexts } from './hostileTexts.js';
import { articleOf, SAMPLE_ARTICLES } from './sampleArticles.js';
import { sampleFigures, type SampleFigure } from './sampleFigures.js';
import { BAD_FILES, SAMPLE_FILES, type SampleFile } from './sampleFiles.js';
import { SAMPLE_TEXTS } from './sampleTexts.js';
import { sourceTrials } from './sourceTrials.js';

/** A question to a processor of a slot, with fresh input every time it is asked. */
export interface Trial<S extends Slot = Slot> {
  /** For messages. */
  readonly name: string;
  ask(processor: Slots[S], context: PluginContext): unknown;
}
/** Something of one's own to try a plugin with: texts, articles, or files, as its slot takes them. */
export type Sample = string | Article | SampleFile;

/** The questions of a slot. */
export interface Trials<S extends Slot = Slot> {
  /** Must be answered, the same way each time. */
  readonly samples: readonly Trial<S>[];
  /** Must be answered without throwing. */
  readonly hostile: readonly Trial<S>[];
  /** Must be refused by an Error, or answered. `refuse` says that they have to be refused. */
  readonly bad: readonly (Trial<S> & { readonly refuse: boolean })[];
}

type TextSlot = 'demographics' | 'caption-splitter' | 'assertion';

/** The questions of a slot: the built-in ones and those of one's own. */
export async function trialsOf(slot: Slot, own: readonly Sample[]): Promise<Trials> {
  const texts = own.filter((one) => typeof one === 'string');
  const files = own.filter((one): one is SampleFile => typeof one === 'object' && 'bytes' in one);
  const articles = own.filter((one): one is Article => typeof one === 'object' && 'article_id' in one);
  switch (slot) {
    case 'demographics':
    case 'caption-splitter':
    case 'assertion':
      return {
        samples: [...SAMPLE_TEXTS, ...texts].flatMap((text) => textTrials(slot, text)),
        hostile: hostileTexts().flatMap((text) => textTrials(slot, text)),
        bad: [],
      } as Trials;
    case 'patient-segmenter': {
      const trial = (article: Article, name = article.article_id): Trial<'patient-segmenter'> => ({
        name,
        ask: (segmenter) => segmenter.segment(structuredClone(article)),
      });
      return {
        samples: [...SAMPLE_ARTICLES, ...articles].map((article) => trial(article)),
        hostile: hostileTexts(20).map((text) => trial(articleOf(text), shown(text))),
        bad: [],
      } as Trials;
    }
    case 'article-reader':
      return {
        samples: [...SAMPLE_FILES, ...files].map((file) => readTrial(file, true)),
        hostile: hostileTexts().map((text): Trial<'article-reader'> => ({
          name: shown(text),
          ask: (reader) => reader.accepts(text.slice(0, 4096), 'file'),
        })),
        bad: [...BAD_FILES, ...SAMPLE_FILES.map(half)].map((file) => ({ ...readTrial(file, false), refuse: false })),
      } as Trials;
    case 'image-splitter':
      return {
        samples: await figureTrials(files),
        hostile: [],
        bad: BAD_FILES.map((file) => ({ ...imageTrial(file), refuse: !file.file.startsWith('cut-off.') })),
      } as Trials;
    case 'source':
      return sourceTrials() as Trials;
  }
}

function textTrials(slot: TextSlot, text: string): Trial<TextSlot>[] {
  const name = shown(text);
  const trial = (label: string, ask: (processor: never, doc: Doc) => unknown): Trial<TextSlot> => ({
    name: `${name}${label}`,
    ask: (processor, context) => ask(processor as never, context.doc(text)),
  });
  if (slot === 'demographics') return [trial('', (reader: Slots['demographics'], doc) => reader.read(doc))];
  if (slot === 'assertion') {
    return [
      trial('', (classifier: Slots['assertion'], doc) => classifier.classify(doc, conceptsOf(doc))),
      trial(', as a caption', (classifier: Slots['assertion'], doc) =>
        classifier.classify(doc, conceptsOf(doc), 'caption'),
      ),
      trial(', no concepts', (classifier: Slots['assertion'], doc) => classifier.classify(doc, [])),
    ];
  }
  return [
    trial('', (splitter: Slots['caption-splitter'], doc) => splitter.split({ doc })),
    trial(', 3 panels expected', (splitter: Slots['caption-splitter'], doc) =>
      splitter.split({ doc, expectedPanels: 3 }),
    ),
  ];
}

/** Words spread over a text, up to ten, as if they were findings. */
function conceptsOf(doc: Doc): Span[] {
  const step = Math.max(1, Math.floor(doc.count / 10));
  const concepts: Span[] = [];
  for (let i = 0; i < doc.count; i += step) concepts.push({ start: doc.start[i], end: doc.end[i] });
  return concepts;
}

/** Not accepting is an answer; `must` asks for the articles only where the file is accepted. */
function readTrial({ file, bytes }: SampleFile, must: boolean): Trial<'article-reader'> {
  return {
    name: file,
    async ask(reader: ArticleReader) {
      const accepted = reader.accepts(new TextDecoder().decode(bytes).slice(0, 4096), file);
      if (must && !accepted) return 'not accepted';
      const articles: Article[] = [];
      for await (const article of reader.read({ file, chunks: inPieces(bytes) })) articles.push(article);
      return articles;
    },
  };
}

/** Small pieces, so that some cut a character in two. */
async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 97) {
    await Promise.resolve();
    yield bytes.slice(at, at + 97);
  }
}

const half = ({ file, bytes }: SampleFile): SampleFile => ({
  file: `half of ${file}`,
  bytes: bytes.slice(0, bytes.length >> 1),
});

async function figureTrials(own: readonly SampleFile[]): Promise<Trial<'image-splitter'>[]> {
  const figures = await sampleFigures();
  return [...figures, ...own].flatMap((figure) => [
    imageTrial(figure),
    ...('panels' in figure ? [imageTrial(figure, (figure as SampleFigure).panels)] : []),
  ]);
}

function imageTrial({ file, bytes }: SampleFile, expectedPanels?: number): Trial<'image-splitter'> {
  return {
    name: expectedPanels === undefined ? file : `${file}, ${expectedPanels} expected`,
    ask: (splitter: ImageSplitter) => splitter.split({ file, bytes: bytes.slice(), expectedPanels }),
  };
}

/** A text as messages name it: short, and in plain characters. */
function shown(text: string): string {
  const plain = JSON.stringify(text.slice(0, 40)).replace(
    /[^ -~]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return text.length > 40 ? `${plain.slice(0, -1)}…" (${text.length} characters)` : plain;
}
