import { dirname, join, relative } from 'node:path';
import type { FileKind } from './schemas/index.js';

const MODELINE = /^#\s*yaml-language-server:\s*\$schema=(\S+)\s*$/;

/** The schema that the first comment lines of a YAML file name, or undefined. */
export function schemaNamedIn(text: string): string | undefined {
  for (const line of text.split(/\r?\n/, 5)) {
    const schema = MODELINE.exec(line)?.[1];
    if (schema) return schema;
    if (line.trim() !== '' && !line.startsWith('#')) return undefined;
  }
  return undefined;
}

/** The line that a file of the engine's own begins with: editors complete and check by the schema that it names. */
export function modelineFor(path: string, kind: FileKind, packageRoot: string): string {
  const schema = join(packageRoot, 'core', 'pack', 'schemas', `${kind}.schema.json`);
  return `# yaml-language-server: $schema=${relative(dirname(path), schema).replaceAll('\\', '/')}`;
}

/** Whether a text begins with the modeline of its kind. */
export const hasModeline = (text: string, path: string, kind: FileKind, packageRoot: string): boolean =>
  schemaNamedIn(text) === modelineFor(path, kind, packageRoot).split('$schema=')[1];
