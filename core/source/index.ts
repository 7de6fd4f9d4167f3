export * from './position.js';
export * from './source.js';
export * from './read.js';
export type { Layout } from './layout.js';
