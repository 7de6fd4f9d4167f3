export { importAnnotatedNgrams, type AnnotatedNgramsOptions } from './annotatedNgrams.js';
export { importSparkNlp, type SparkNlpOptions } from './sparkNlp.js';
export { ImportError, type ImportNote, type ImportedFile, type ImportedPack } from './packFiles.js';
