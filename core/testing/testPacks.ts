import { loadPacks, type EffectivePack, type LoadOptions, type LoadedPack } from '../pack/index.js';
import { hasErrors, tidy, type Diagnostic } from '../diagnostics/index.js';
import { sceneOf } from '../pack/validate/scene.js';
import { readCases } from './cases.js';
import { coverageOf, type Coverage } from './coverage.js';
import { checkedCases, coverageDiagnostics, testDiagnostics, type Thresholds } from './report.js';
import { runTests, type CaptionLabeller, type TestRun } from './run.js';

export interface TestOptions extends LoadOptions {
  readonly update?: boolean;
  readonly coverage?: boolean;
  readonly thresholds?: Thresholds;
}

export interface TestReport {
  /** Undefined where the packs or their cases cannot be read: `diagnostics` says why. */
  readonly run: TestRun | undefined;
  readonly coverage: Coverage | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly checked: readonly { readonly file: string; readonly name: string; readonly line: number }[];
}

/**
 * Runs the cases of packs: of the roots, or of the built-in packs where none is named.
 * @param build makes the engine of the loaded packs; called only where they can be used
 */
export async function testPacks(
  roots: readonly string[],
  build: (effective: EffectivePack) => Promise<CaptionLabeller> | CaptionLabeller,
  options: TestOptions = {},
): Promise<TestReport> {
  const cwd = options.cwd ?? process.cwd();
  const loaded = loadPacks(roots, { ...options, cwd });
  if (hasErrors(loaded.diagnostics))
    return { run: undefined, coverage: undefined, diagnostics: loaded.diagnostics, checked: [] };
  const own = loaded.packs.filter((pack) => roots.length === 0 || !pack.place.builtin || isNamed(pack, roots));
  const faults: Diagnostic[] = [];
  const cases = readCases(own, loaded.effective, cwd, faults);
  const run = runTests(cases, await build(loaded.effective), { cwd, update: options.update });
  const coverage = options.coverage
    ? coverageOf(run.results, loaded.effective, new Set(own.map((pack) => pack.ref)))
    : undefined;
  const scene = sceneOf(loaded);
  const missed = coverage
    ? coverageDiagnostics(
        coverage,
        options.thresholds ?? {},
        own.at(-1)?.manifest.source.file ?? 'pack.yaml',
        (at, pack) => scene.place(at, pack),
      )
    : [];
  return {
    run,
    coverage,
    diagnostics: tidy([...faults, ...testDiagnostics(run), ...missed]),
    checked: checkedCases(run),
  };
}

const isNamed = (pack: LoadedPack, roots: readonly string[]): boolean =>
  roots.includes(pack.id) || roots.includes(pack.place.folder);
