import { join } from 'node:path';
import type { PackFile } from '../pack/format.js';
import { UsageError } from '../pipeline/usageError.js';
import { isSource, parseYaml, readText } from '../source/index.js';
import type { TargetPack } from './intoPack.js';

/** The manifest of the pack in a folder. @throws UsageError where there is none that can be read */
export function readTarget(folder: string): TargetPack {
  const file = join(folder, 'pack.yaml');
  const read = readText(file);
  if (!('text' in read))
    throw new UsageError(`there is no ${file}; name the pack by --pack DIR, or make one by 'legenda new pack NAME'`);
  const source = parseYaml(file, read.text);
  const manifest = isSource(source) ? (source.value as Partial<PackFile> | null) : null;
  if (typeof manifest?.id !== 'string')
    throw new UsageError(`${file} has no id; 'legenda validate ${folder}' says more`);
  const { id, dictionaries, rules } = manifest as PackFile;
  return { folder, manifest: { id, dictionaries, rules } };
}
