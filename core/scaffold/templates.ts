import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ownRoot } from '../pack/load.js';

/** A file that is to be written; `path` is relative to the scaffold's folder, with `/`. */
export interface ScaffoldFile {
  readonly path: string;
  readonly content: string;
}

/** The templates lie beside the sources and are a part of the package: real files, which editors check. */
const folder = (): string => join(ownRoot(), 'core', 'scaffold', 'templates');

/**
 * The files of a template with `{{name}}` filled in. In paths `NAME` stands for the name, and `dot-` for the dot that
 * npm would not pack.
 * @throws RangeError where a template asks for a value that is not given
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): ScaffoldFile[] {
  const root = join(folder(), template);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .sort()
    .map((path) => ({
      path: path
        .split(sep)
        .map((step) => step.replace(/^dot-/u, '.').replace('NAME', values.name))
        .join('/'),
      content: fill(readFileSync(join(root, path), 'utf8'), values, path),
    }));
}

/** GitHub's own `${{ … }}` stays. */
const fill = (text: string, values: Readonly<Record<string, string>>, path: string): string =>
  text.replace(/(?<!\$)\{\{([a-z]+)\}\}/gu, (_, key: string) => {
    if (!(key in values)) throw new RangeError(`${path} asks for ${key}`);
    return values[key];
  });
