import type { Config } from '../config.js';
import { hasErrors, placeOf } from '../diagnostics/diagnostic.js';
import { UsageError } from '../pipeline/usageError.js';
import { loadPacks } from './load.js';
import type { EffectivePack } from './model.js';

/**
 * The packs of a config as one.
 * @throws UsageError where a pack that was asked for is not there; PackError where what is there is invalid
 */
export async function loadEffective(config: Config): Promise<EffectivePack> {
  const { effective, diagnostics } = loadPacks(config.packs, { builtin: config.builtin, cwd: config.base });
  if (!hasErrors(diagnostics)) return effective;
  const missing = diagnostics.find((d) => d.code === 'unknown-pack' && d.range === undefined);
  if (missing) throw new UsageError(`${missing.message}${missing.help ? ` (${missing.help})` : ''}`);
  const { PackError } = await import('./packError.js');
  const errors = diagnostics.filter((d) => d.severity === 'error');
  const lines = errors.map((d) => `${placeOf(d)}: ${d.code}: ${d.message}${d.help ? `\n    ${d.help}` : ''}`);
  throw new PackError(
    diagnostics,
    `${lines.join('\n')}\nlegenda: ${errors.length} error(s) in packs; see: legenda validate`,
  );
}
