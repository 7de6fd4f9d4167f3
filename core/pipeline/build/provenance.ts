import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { DEFAULT_SLOTS, type Config } from '../../config.js';
import type { Manifest } from '../../dataset/manifest.js';
import type { Engine } from '../../engine.js';
import type { EffectivePack } from '../../pack/model.js';
import type { Slot } from '../../plugin/contract.js';
import { IMAGE_ENCODING } from './writeImage.js';

/** Slots that a build uses. */
export const BUILD_SLOTS: readonly Slot[] = [
  'article-reader',
  'patient-segmenter',
  'demographics',
  'caption-splitter',
  'assertion',
  'image-splitter',
];

/** Raised when rows come out otherwise although neither engine nor packs have a new version. */
const ROWS_VERSION = 1;

/** What a build's rows depend on beside articles and figures. */
export interface Provenance extends Pick<Manifest, 'legenda' | 'packs' | 'plugins' | 'config'> {
  /** Equal for two builds that make equal rows of equal articles. */
  readonly fingerprint: string;
}

/** What made a dataset: versions, and hashes of what packs hold and of plugins that are files. */
export function provenanceOf(engine: Engine, config: Config): Provenance {
  const { pack, version, plugins } = engine;
  const slots = Object.fromEntries(BUILD_SLOTS.map((slot) => [slot, config.slots[slot] ?? DEFAULT_SLOTS[slot]]));
  const local = Object.values(slots).flatMap((choices) =>
    choices.flatMap(({ plugin }) => fileHash(plugin, config.base)),
  );
  const packs = pack.packs.map(({ id, version }) => ({
    id,
    version,
    sha256: sha256(ofPack(pack, `${id}@${version}`)),
  }));
  const shown = {
    builtin: config.builtin,
    packs: config.packs.map((p) => (isAbsolute(p) ? relative(config.base, p).replaceAll('\\', '/') : p)),
    normalise: config.normalise ?? null,
    slots,
    plugin_files: local,
  };
  const effective = sha256([
    ofPack(pack, null),
    [...pack.normalise],
    pack.defaultNormalise ?? null,
    pack.taxonomy.disjoint,
    pack.taxonomy.compounds,
  ]);
  const fingerprint = sha256([
    ROWS_VERSION,
    version,
    packs,
    plugins,
    config.normalise ?? null,
    slots,
    local,
    IMAGE_ENCODING,
    effective,
  ]);
  return { legenda: version, packs, plugins, config: shown, fingerprint };
}

/** All that a pack (or, with null, every pack) gives, as plain data. */
function ofPack(pack: EffectivePack, id: string | null): unknown {
  const own = (holder: { readonly pack: string }): boolean => id === null || holder.pack === id;
  return [
    pack.dictionaries.filter(own),
    pack.rules.filter(own),
    [...pack.taxonomy.classes.values()].filter(own),
    [...pack.morphologies.values()].filter(own),
  ];
}

function fileHash(plugin: string, base: string): { plugin: string; sha256: string }[] {
  if (!plugin.startsWith('.') && !isAbsolute(plugin)) return [];
  const path = resolve(base, plugin);
  return existsSync(path) ? [{ plugin, sha256: createHash('sha256').update(readFileSync(path)).digest('hex') }] : [];
}

const sha256 = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value, (_, held: unknown) => (held instanceof Map ? [...held] : held)))
    .digest('hex');
