export * from './span.js';
export * from './codePoints.js';
export * from './doc.js';
export * from './token.js';
export { foldWord } from './characters.js';
export { Vocabulary, NUMBER_CLASS, UNKNOWN_WORD } from './vocabulary.js';
