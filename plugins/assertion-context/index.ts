import { PLUGIN_API, definePlugin } from '../../core/plugin/index.js';
import { readBoundary } from './boundary.js';
import { contextClassifier } from './classify.js';
import { readCue } from './cue.js';
import { Terms } from './hits.js';
import { LANGUAGES, optionsSchema, type Options } from './options.js';

/** Assertion by the cues and scopes of ConText; its words are the dictionaries `assertion-cues` and `assertion-scope`. */
export default definePlugin<'assertion', Options>({
  name: 'context',
  version: '1.0.0',
  api: PLUGIN_API,
  slot: 'assertion',
  options: optionsSchema,
  optionsExamples: [{ languages: ['en'] }, { register: 'caption' }],
  setup(context, { languages = LANGUAGES, register }) {
    return contextClassifier({
      cues: new Terms(context.lexicon('assertion-cues'), readCue),
      boundaries: new Terms(context.lexicon('assertion-scope'), readBoundary),
      languages,
      register,
    });
  },
});
