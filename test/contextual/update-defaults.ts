/** Writes the generated defaults of the contextual parser anew: npx tsx test/contextual/update-defaults.ts */
import { readFileSync, writeFileSync } from 'node:fs';
import { contextualDefaults } from '../../core/import/contextualDefaults.js';

const { path, content } = contextualDefaults((file) => readFileSync(file, 'utf8'));
writeFileSync(path, content);
