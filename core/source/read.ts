import { readFileSync } from 'node:fs';

/** Why a file cannot be read as text. */
export type ReadProblem = 'missing' | 'a folder' | 'not UTF-8' | 'unreadable';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** The text of a file without its byte order mark, or why there is none. */
export function readText(path: string): { readonly text: string } | { readonly problem: ReadProblem } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return {
      problem: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : code === 'EISDIR' ? 'a folder' : 'unreadable',
    };
  }
  try {
    return { text: UTF8.decode(bytes) };
  } catch {
    return { problem: 'not UTF-8' };
  }
}
