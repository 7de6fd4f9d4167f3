import { createHash } from 'node:crypto';
import { isAbsolute, relative } from 'node:path';
import { DEFAULT_SLOTS, type Config } from '../../config.js';
import type { Manifest } from '../../dataset/manifest.js';
import type { Engine } from '../../engine.js';
import type { Slot } from '../../plugin/contract.js';
import { pluginDigests } from '../pluginDigests.js';
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
const ROWS_VERSION = 2;

/** What a build's rows depend on beside articles and figures. */
export interface Provenance extends Pick<Manifest, 'legenda' | 'packs' | 'plugins' | 'config'> {
  /** Equal for two builds that make equal rows of equal articles. */
  readonly fingerprint: string;
}

/** What made a dataset: versions, and hashes of the files of packs and of plugins that are not built in. */
export function provenanceOf(engine: Engine, config: Config): Provenance {
  const { pack, version, plugins } = engine;
  const slots = Object.fromEntries(BUILD_SLOTS.map((slot) => [slot, config.slots[slot] ?? DEFAULT_SLOTS[slot]]));
  const local = pluginDigests(config, BUILD_SLOTS);
  const packs = pack.packs.map(({ id, version, digest }) => ({ id, version, sha256: digest }));
  const shown = {
    builtin: config.builtin,
    packs: config.packs.map((p) => (isAbsolute(p) ? relative(config.base, p).replaceAll('\\', '/') : p)),
    normalise: config.normalise ?? null,
    slots,
    plugin_files: local,
  };
  const made = [ROWS_VERSION, version, packs, plugins, config.normalise ?? null, slots, local, IMAGE_ENCODING];
  const fingerprint = createHash('sha256').update(JSON.stringify(made)).digest('hex');
  return { legenda: version, packs, plugins, config: shown, fingerprint };
}
