import { MAX_PIXELS } from '../../core/image/decode.js';

export interface GuttersOptions {
  /** Whether printed panel letters are read. */
  readonly letters: boolean;
  /** Who is asked where the number of panels is known and no set of cuts gives it. */
  readonly second_opinion: 'opencv' | 'none';
  /** Score, 0 to 1, from which a cut is made when nobody says how many panels there are. */
  readonly threshold: number;
  /** A picture of more pixels is refused. */
  readonly max_pixels: number;
}

export const OPTIONS = {
  type: 'object',
  additionalProperties: false,
  properties: {
    letters: { type: 'boolean', default: true, description: 'Read printed panel letters (A to P, a to p).' },
    second_opinion: {
      enum: ['opencv', 'none'],
      default: 'opencv',
      description: 'Who is asked where the number of panels is known and no set of cuts gives it.',
    },
    threshold: {
      type: 'number',
      minimum: 0.05,
      maximum: 0.95,
      default: 0.5,
      description: 'Score from which a cut is made when nobody says how many panels there are.',
    },
    max_pixels: {
      type: 'integer',
      minimum: 10_000,
      default: MAX_PIXELS,
      description: 'A picture of more pixels is refused.',
    },
  },
};
