import { tidy } from '../../diagnostics/tidy.js';
import { loadPacks, ownRoot, type LoadOptions, type LoadResult } from '../load.js';
import { builtinPacks, locatePack } from '../locate.js';
import { RegexSafety, defaultCacheFolder } from '../regexSafety.js';
import { checkModelines } from './modelines.js';
import { checkReferences } from './references.js';
import { checkRegexes } from './regexes.js';
import { sceneOf } from './scene.js';
import { checkTerms } from './terms.js';
import { checkTests } from './tests.js';

export interface ValidateOptions extends LoadOptions {
  /** Where verdicts on regexes are kept. */
  readonly cacheFolder?: string;
}

/**
 * Loads packs and checks all that can be checked without a caption: schema, references, ids, terms, regexes, tests.
 * Faults of built-in packs are left out where other packs are named. `diagnostics` are tidied.
 */
export async function validatePacks(roots: readonly string[], options: ValidateOptions = {}): Promise<LoadResult> {
  const packageRoot = options.packageRoot ?? ownRoot();
  const cwd = options.cwd ?? process.cwd();
  const loaded = loadPacks(roots, { ...options, packageRoot, cwd });
  const scene = sceneOf(loaded);
  const quiet = quietFiles(roots, loaded, packageRoot, cwd);
  const safety = new RegexSafety(options.cacheFolder ?? defaultCacheFolder(packageRoot));
  const all = [
    ...loaded.diagnostics,
    ...checkReferences(scene),
    ...checkTerms(scene),
    ...(await checkRegexes(scene, safety, quiet)),
    ...checkTests(scene, cwd),
    ...checkModelines(scene, packageRoot),
  ];
  return { ...loaded, diagnostics: tidy(all).filter((one) => !quiet.has(one.file)) };
}

/** The files of built-in packs, where others were asked for: their faults are not the author's. */
function quietFiles(
  roots: readonly string[],
  { packs }: LoadResult,
  packageRoot: string,
  cwd: string,
): ReadonlySet<string> {
  const quiet = new Set<string>();
  if (roots.length === 0) return quiet;
  const asked = new Set(roots.map((root) => locatePack(root, cwd, packageRoot)?.folder));
  const builtin = new Set(builtinPacks(packageRoot));
  for (const pack of packs) {
    if (!pack.place.builtin || asked.has(pack.place.folder) || !builtin.has(pack.id)) continue;
    for (const file of [pack.manifest, ...pack.files]) quiet.add(file.source.file);
  }
  return quiet;
}
