import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const isGlob = (pattern: string): boolean => pattern.includes('*');

/**
 * The files under `folder` that a pattern names, sorted, as absolute paths. `*` stands for any characters of one
 * name, `**` for any folders. A pattern without a star names itself, where it is a file.
 */
export function filesOf(folder: string, pattern: string): string[] {
  const steps = pattern.split('/').filter((step) => step !== '.' && step !== '');
  let found = [folder];
  steps.forEach((step, i) => {
    const last = i === steps.length - 1;
    found = found.flatMap((path) => next(path, step, last));
  });
  return [...new Set(found)].filter(isFile).sort();
}

function next(path: string, step: string, last: boolean): string[] {
  if (step === '**')
    return [path, ...foldersBelow(path)].flatMap((folder) => (last ? next(folder, '*', true) : [folder]));
  if (!isGlob(step)) return [join(path, step)];
  const name = new RegExp(`^${step.split('*').map(escaped).join('[^/]*')}$`);
  return entries(path)
    .filter((entry) => name.test(entry.name) && (!entry.name.startsWith('.') || step.startsWith('.')))
    .map((entry) => join(path, entry.name));
}

const foldersBelow = (path: string): string[] =>
  entries(path)
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .flatMap((entry) => [join(path, entry.name), ...foldersBelow(join(path, entry.name))]);

function entries(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
