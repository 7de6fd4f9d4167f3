import {
  definePlugin,
  type Article,
  type PluginContext,
  type PluginLexicon,
  type Segmentation,
} from '../../core/plugin/index.js';
import { segment } from './segment.js';

export interface SegmenterOptions {
  /** Languages whose lexicon `segmentation-<code>` is loaded; the first is taken where an article tells none. */
  readonly languages: readonly string[];
}

const options = {
  type: 'object',
  additionalProperties: false,
  properties: {
    languages: {
      type: 'array',
      items: { type: 'string', pattern: '^[a-z]{2}$' },
      minItems: 1,
      default: ['en', 'es', 'fr', 'pt'],
      description: 'Languages whose dictionary segmentation-<code> is loaded, the default language first.',
    },
  },
};

/** How many characters are looked at to tell the language. */
const SAMPLE = 3000;

/** Patients by structure first, then by discourse. See the README beside. */
export default definePlugin<'patient-segmenter', SegmenterOptions>({
  name: 'structure',
  version: '1.0.0',
  api: 1,
  slot: 'patient-segmenter',
  options,
  optionsExamples: [{ languages: ['en'] }, { languages: ['fr', 'es'] }],
  setup(context: PluginContext, { languages }: SegmenterOptions) {
    const lexicons = languages.map((code) => ({ code, lexicon: context.lexicon(`segmentation-${code}`) }));
    const types = context.lexicon('segmentation-types');
    const labels = context.lexicon('float_labels');
    return {
      segment(article: Article): Segmentation {
        const language = lexiconFor(context, article, lexicons);
        return segment(context, article, { language, types }, labels);
      },
    };
  },
});

interface Coded {
  readonly code: string;
  readonly lexicon: PluginLexicon;
}

/** By the function words of the body, and those for persons and ages; what the file says decides only where these do not. */
function lexiconFor(context: PluginContext, article: Article, lexicons: readonly Coded[]): PluginLexicon {
  let text = '';
  const walk = ({ paragraphs, sections }: Article['sections'][number]): void => {
    for (const paragraph of paragraphs) if (text.length < SAMPLE) text += `${paragraph.text}\n`;
    sections.forEach(walk);
  };
  article.sections.forEach(walk);
  const doc = context.doc(text.slice(0, SAMPLE));
  let best = lexicons.find(({ code }) => code === article.language) ?? lexicons[0];
  let most = count(best.lexicon, doc) + 1;
  for (const candidate of lexicons) {
    const hits = count(candidate.lexicon, doc);
    if (hits > most) [best, most] = [candidate, hits];
  }
  return best.lexicon;
}

function count(lexicon: PluginLexicon, doc: ReturnType<PluginContext['doc']>): number {
  let hits = 0;
  lexicon.scan(doc, ({ attributes }) => {
    if (attributes.kind === 'function') hits += 2;
    else if (attributes.kind === 'person' || attributes.kind === 'age') hits++;
  });
  return hits;
}
