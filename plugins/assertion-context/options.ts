/** Languages whose cues the built-in dictionaries hold. */
export const LANGUAGES = ['en', 'es', 'fr', 'pt'] as const;

export interface Options {
  /** Languages whose cues count; a cue without a language always does. */
  readonly languages?: readonly string[];
  /**
   * What evidential phrases (`consistent with`, `compatible with`, `indicating`) make of the concept that follows.
   * Readers of clinical notes annotate it as `possible`; the author of a figure's caption states a diagnosis: `present`.
   */
  readonly evidential?: 'possible' | 'present';
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
    evidential: {
      enum: ['possible', 'present'],
      default: 'possible',
      description: 'What `consistent with` and its like make of a concept: `present` suits figure captions.',
    },
  },
} as const;
