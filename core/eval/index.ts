export { goldOf, predictionOf, EvalLineError } from './decode.js';
export { disagreements } from './disagreements.js';
export { evaluate, type EvalOptions } from './evaluate.js';
export { readGold, readPredictions, type BadLine } from './readEval.js';
export { renderEval, type EvalFormat } from './renderEval.js';
export { f1Named, thresholdOf, type Threshold } from './threshold.js';
export type * from './types.js';
