export { AnnotationError, goldLine, type AnnotatedText, type MarkedEntity } from './annotatedText.js';
export { bratAnnotations, bratConfig, readBrat } from './brat.js';
export {
  ANNOTATION_FILES,
  ANNOTATION_FORMATS,
  exportForAnnotation,
  type AnnotationExport,
  type AnnotationSummary,
} from './exportForAnnotation.js';
export { importAnnotations, type AnnotationImport, type ImportSummary } from './importAnnotations.js';
export { labelStudioConfig } from './labelStudioConfig.js';
export { labelStudioTask, readTask } from './labelStudioTask.js';
