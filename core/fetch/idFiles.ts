import { existsSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { UsageError } from '../pipeline/usageError.js';
import { writeWhole } from './cache.js';
import { readIdList, type IdLine } from './ids.js';

/** The lines of files with ids; `-` is standard input. @throws UsageError where one is missing */
export async function readIdFiles(paths: readonly string[]): Promise<readonly IdLine[]> {
  const lines: IdLine[] = [];
  for (const path of paths) {
    if (path !== '-' && !(existsSync(path) && statSync(path).isFile())) throw new UsageError(`no such file: ${path}`);
    lines.push(...readIdList(path === '-' ? await standardInput() : await readFile(path, 'utf8')));
  }
  return lines;
}

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Writes the lines that hold no id beside the folder, as every pass does with its rejects. @returns the file, or null */
export async function writeIdRejects(folder: string, rejects: readonly IdLine[]): Promise<string | null> {
  const path = `${folder.replace(/[\\/]+$/, '')}.rejects.jsonl`;
  if (rejects.length === 0) {
    // An earlier run's would be taken for this one's.
    rmSync(path, { force: true });
    return null;
  }
  const lines = rejects.map(({ line, raw }) => `${JSON.stringify({ line, error: 'no PMCID, PMID or DOI', raw })}\n`);
  await writeWhole(path, lines.join(''));
  return path;
}
