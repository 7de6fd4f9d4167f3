/** Writes the reference pages of the schemas anew: part of `npm run update`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { referencePages } from './reference.js';

mkdirSync('docs/reference', { recursive: true });
for (const { path, content } of referencePages()) writeFileSync(path, content);
