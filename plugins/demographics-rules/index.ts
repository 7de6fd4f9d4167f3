import {
  definePlugin,
  type Demographics,
  type Doc,
  type PluginContext,
  type PluginLexicon,
} from '../../core/plugin/index.js';
import { rankAges, toAge } from './age.js';
import { readGender } from './gender.js';
import { Tags } from './tags.js';

export interface DemographicsOptions {
  /** Languages whose lexicon `demographics-<code>` is loaded; the first is taken where a text tells none. */
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
      description: 'Languages whose dictionary demographics-<code> is loaded, the default language first.',
    },
  },
};

/** How many tokens are looked at to tell the language. */
const SAMPLE = 160;

function telling(lexicon: PluginLexicon, doc: Doc): number {
  let hits = 0;
  lexicon.scan(
    doc,
    ({ attributes: { kind } }) => {
      if (kind === 'function') hits += 2;
      else if (kind === 'unit' || kind === 'old' || kind === 'person') hits++;
    },
    0,
    Math.min(SAMPLE, doc.count),
  );
  return hits;
}

/** Age and gender by dictionaries and by the place of a noun in its sentence. See the README beside. */
export default definePlugin<'demographics', DemographicsOptions>({
  name: 'rules',
  version: '1.0.0',
  api: 1,
  slot: 'demographics',
  options,
  optionsExamples: [{ languages: ['en'] }, { languages: ['es', 'fr'] }],
  setup(context: PluginContext, { languages }: DemographicsOptions) {
    const lexicons = languages.map((language) => context.lexicon(`demographics-${language}`));
    return {
      read(doc: Doc): Demographics {
        let best = lexicons[0];
        let most = telling(best, doc);
        for (const lexicon of lexicons.slice(1)) {
          const hits = telling(lexicon, doc);
          if (hits > most) [best, most] = [lexicon, hits];
        }
        const tags = new Tags(doc, best);
        const [age = null] = rankAges(tags);
        const { gender, evidence, confidence } = readGender(tags, age);
        return { age: age && toAge(age), gender, genderEvidence: evidence, genderConfidence: confidence };
      },
    };
  },
});
