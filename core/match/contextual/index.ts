export { compileContext, contextHolds } from './context.js';
export type { CompiledContext, ContextSpec, ContextVerdict, Cue, ExceptionSpec } from './context.js';
export { defaultTokens, patternTokens } from './tokens.js';
export type { PatternTokens, Tokenize } from './tokens.js';
