import type { FileKind } from './schemas/index.js';

/** What can no longer be known when a file of a kind is broken (`Diagnostic.breaks`). */
export const TOPICS: Readonly<Record<FileKind, readonly string[]>> = {
  pack: ['labels', 'ids', 'morphologies', 'normalise', 'tests'],
  dictionary: ['ids'],
  rules: ['ids'],
  morphology: ['morphologies'],
  taxonomy: ['labels'],
  test: ['tests'],
};
