export { importAnnotatedNgrams, type AnnotatedNgramsOptions } from './annotatedNgrams.js';
export { importSparkNlp } from './sparkNlp.js';
export type { SparkNlpOptions } from './sparkOptions.js';
export { ImportError, type ImportNote, type ImportedFile, type ImportedPack } from './packFiles.js';
