import { posix } from 'node:path';
import type { PackFile } from '../pack/format.js';
import { namesOf } from './names.js';
import type { Scaffold } from './scaffold.js';
import { fillTemplate } from './templates.js';

/** A pack that a rule or dictionary is added to. */
export interface TargetPack {
  /** Its folder, relative to the working folder. */
  readonly folder: string;
  readonly manifest: Pick<PackFile, 'id' | 'dictionaries' | 'rules'>;
}

/**
 * A rule or dictionary with its cases, where the pack's manifest finds it.
 * @param entity default: one of its own, with its name
 * @throws UsageError on a bad name
 */
export function intoPack(kind: 'rule' | 'dictionary', given: string, pack: TargetPack, entity?: string): Scaffold {
  const names = namesOf(given, false);
  const key = kind === 'rule' ? 'rules' : 'dictionaries';
  const home = homeOf(`${names.name}.yaml`, key, pack.manifest);
  const folder = home ?? key;
  const up = folder === '.' ? '' : '../'.repeat(folder.split('/').length);
  const values = {
    ...names,
    id: `${pack.manifest.id}/${names.name}`,
    entity: entity ?? names.snake,
    schemas: `${up === '' ? './' : up}node_modules/legenda/dist/core/pack/schemas`,
  };
  const file = posix.join(pack.folder, folder, `${names.name}.yaml`);
  const pattern = `${key}: ['${key}/*.yaml']`;
  return {
    folder: pack.folder,
    files: fillTemplate(kind, values).map((one) => ({ ...one, path: posix.join(folder, one.path) })),
    next: [
      ...(home === undefined
        ? [`Add this line to ${posix.join(pack.folder, 'pack.yaml')}, or it is not read: ${pattern}`]
        : []),
      `legenda validate ${pack.folder}`,
      `legenda test ${pack.folder}`,
      `Then put your words in place of the example's in ${file}.`,
    ],
  };
}

/** The folder, relative to the pack, in which a file of this name is taken by a pattern of the manifest. */
function homeOf(name: string, key: 'rules' | 'dictionaries', manifest: TargetPack['manifest']): string | undefined {
  const other = key === 'rules' ? 'dictionaries' : 'rules';
  // What a file holds is told by its keys, so a pattern of the other kind serves too.
  const patterns = [...(manifest[key] ?? []), ...(manifest[other] ?? [])];
  if (manifest.dictionaries === undefined) patterns.push('*.yaml');
  for (const pattern of patterns) {
    const folder = posix.dirname(posix.normalize(pattern));
    const last = posix.basename(pattern);
    if (folder.includes('*') || folder.startsWith('..')) continue;
    const fits = new RegExp(`^${last.split('*').map(escaped).join('.*')}$`, 'u');
    if (fits.test(name)) return folder;
  }
  return undefined;
}

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/gu, '\\$&');
