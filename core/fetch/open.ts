import { setMaxListeners } from 'node:events';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { Lexicons } from '../plugin/lexicons.js';
import type { PluginContext, Source } from '../plugin/contract.js';
import type { EffectivePack } from '../pack/model.js';
import { UsageError } from '../pipeline/usageError.js';
import { Tokenizer, Vocabulary } from '../text/index.js';
import { VERSION } from '../version.js';
import { ContentCache } from './cache.js';
import { PoliteHttp } from './http.js';
import { reuseReader, type LicenseFilter } from './licenses.js';
import { lockFolder } from './lock.js';
import { Manifest } from './manifest.js';
import { Searches } from './searches.js';
import { assertKnown } from './services.js';
import type { FetchSettings } from './settings.js';
import { PLACES, type NamedSource, type Pictures, type Workplace } from './workplace.js';

/** What a pass is made of, beside its folder. */
export interface FetchSetup {
  readonly settings: FetchSettings;
  /** `name@version` of each plugin and its processor, in the order in which they are asked. */
  readonly plugins: readonly string[];
  readonly sources: readonly Source[];
  readonly pack: EffectivePack;
  readonly filter: LicenseFilter;
  readonly pictures: Pictures;
  readonly cache?: string;
  readonly signal: AbortSignal;
}

export interface OpenFolder {
  readonly work: Workplace;
  readonly searches: Searches;
  /** Gives the folder back. */
  close(): Promise<void>;
}

/**
 * Opens a folder of articles for a pass, and makes it where it is not there.
 * @throws UsageError where another pass is at work in it, or where it is no folder
 */
export async function openFolder(folder: string, setup: FetchSetup): Promise<OpenFolder> {
  const sources = namedSources(setup);
  // Every request that waits hears of the user's stop.
  setMaxListeners(0, setup.signal);
  makeFolder(folder);
  const unlock = lockFolder(PLACES.lock(folder), folder);
  try {
    const cache = await ContentCache.open(setup.cache ?? PLACES.cache(folder));
    const manifest = Manifest.open(PLACES.manifest(folder));
    const http = new PoliteHttp({ ...setup.settings, signal: setup.signal }, cache);
    const work: Workplace = {
      ...{ folder, manifest, cache, http, sources },
      ...{ filter: setup.filter, pictures: setup.pictures, signal: setup.signal },
      reuse: reuseReader(contextOf(setup.pack)),
      now: () => new Date(),
    };
    return {
      work,
      searches: Searches.open(PLACES.searches(folder)),
      async close() {
        manifest.close();
        await http.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The sources by name. @throws UsageError where an override names a service that none of them has */
export function namedSources({
  settings,
  sources,
  plugins,
}: Pick<FetchSetup, 'settings' | 'sources' | 'plugins'>): readonly NamedSource[] {
  const named = sources.map((source, i) => ({ name: plugins[i].replace(/@[^@]*$/, ''), source }));
  const services = named.flatMap(({ source }) => source.services.map(({ name }) => name));
  assertKnown(settings.overrides, services);
  return named;
}

function makeFolder(folder: string): void {
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw new UsageError(`${folder} is no folder`);
  try {
    mkdirSync(PLACES.own(folder), { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
      throw new UsageError(`the folder ${folder} cannot be written`);
    if (code === 'ENOTDIR') throw new UsageError(`${folder} lies in something that is no folder`);
    throw error;
  }
}

/** What the reading of licences needs of an engine: its dictionaries. */
function contextOf(pack: EffectivePack): PluginContext {
  const vocabulary = new Vocabulary();
  const lexicons = new Lexicons(pack, vocabulary);
  const tokenizer = new Tokenizer(vocabulary, new Set());
  return { engineVersion: VERSION, lexicon: (name) => lexicons.get(name), doc: (text) => tokenizer.keep(text) };
}
