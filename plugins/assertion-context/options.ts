import type { Register } from '../../core/plugin/index.js';

/** Languages whose cues the built-in dictionaries hold. */
export const LANGUAGES = ['en', 'es', 'fr', 'pt'] as const;

export interface Options {
  /** Languages whose cues count; a cue without a language always does. */
  readonly languages?: readonly string[];
  /** Reads every text in this register, whatever the caller says. */
  readonly register?: Register;
}

/** JSON Schema of the options, with their defaults. */
export const optionsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    languages: {
      type: 'array',
      items: { type: 'string' },
      minItems: 1,
      uniqueItems: true,
      default: [...LANGUAGES],
      description: 'Languages whose cues count.',
    },
    register: {
      enum: ['note', 'caption'],
      description:
        'Reads every text as a note or as a caption. Without it the caller decides: captions where figures are labelled, notes elsewhere.',
    },
  },
} as const;
