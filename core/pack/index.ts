export * from './model.js';
export { loadPacks, ownRoot, type LoadOptions, type LoadResult, type LoadedPack } from './load.js';
export { builtinPacks } from './locate.js';
export { MOST_VARIANTS, expandTerm, inflect, termProblem } from './expand.js';
