import { BODY_FIGURES } from './bodyFigures.js';
import { BRAIN_FIGURES } from './brainFigures.js';
import type { DrawnFigure } from './compose.js';

/** Every figure of the sample, by name. */
export const FIGURES: readonly DrawnFigure[] = [...BRAIN_FIGURES, ...BODY_FIGURES].sort((a, b) =>
  a.file < b.file ? -1 : 1,
);
