export * from './diagnostic.js';
export { inOrder, tidy } from './tidy.js';
export { codeFrame } from './frame.js';
export { didYouMean, listed, nearest } from './nearest.js';
export * from './reporters/index.js';
