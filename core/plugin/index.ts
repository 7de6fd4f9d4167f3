export * from './contract.js';
export * from './definePlugin.js';
export * from './readXml.js';
export * from './sourceError.js';
export type {
  Article,
  Author,
  Figure,
  Paragraph,
  Section,
  InlineReference,
  MarkupRun,
  License,
} from '../article/types.js';
export * from '../text/index.js';
