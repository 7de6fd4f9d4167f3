/** Languages whose cues the built-in dictionaries hold. */
export const LANGUAGES = ['en', 'es', 'fr', 'pt'] as const;

export interface Options {
  /** Languages whose cues count; a cue without a language always does. */
  readonly languages?: readonly string[];
  /**
   * Who speaks. In notes and case reports `consistent with` voices doubt and what has resolved was there before; the
   * author of a figure's caption states a diagnosis, and what has resolved is not in the picture. A cue says which
   * assertion it has in a caption by its attribute `in_caption`.
   */
  readonly register?: 'note' | 'caption';
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
      default: 'note',
      description: 'Who speaks: `note` for notes and case reports, `caption` for the captions of figures.',
    },
  },
} as const;
