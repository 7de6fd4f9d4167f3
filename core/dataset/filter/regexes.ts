import { fileURLToPath } from 'node:url';
import { UsageError } from '../../pipeline/usageError.js';
import type { Filter, SubsetPlan } from './types.js';

/** Of this degree and more a regex may take minutes on one caption. */
const DANGEROUS_DEGREE = 3;

/**
 * Refuses regular expressions of a plan that do not compile, and those on which a caption could stall the pass.
 * @throws UsageError naming the expression
 */
export async function checkRegexes(plan: SubsetPlan): Promise<void> {
  const filters: readonly Filter[] = [plan, ...(plan.also ?? []), ...Object.values(plan.classes ?? {})];
  for (const { images } of filters) {
    const caption = images?.caption;
    if (caption?.match !== 'regex') continue;
    for (const regex of [...(caption.any ?? []), ...(caption.all ?? []), ...(caption.none ?? [])])
      await check(regex, caption.case === true);
  }
}

async function check(regex: string, exact: boolean): Promise<void> {
  const flags = exact ? 'u' : 'iu';
  try {
    new RegExp(regex, flags);
  } catch (error) {
    const reason =
      error instanceof Error
        ? error.message.replace(/^Invalid regular expression: \/.*\/[a-z]*: /s, '')
        : String(error);
    throw new UsageError(`'${regex}' is no regular expression: ${reason}`);
  }
  // Words, character classes and alternatives alone cannot run away: no need to load the judge.
  if (!/[*+{?]/.test(regex)) return;
  const { defaultCacheFolder, RegexSafety } = await import('../../pack/regexSafety.js');
  const verdict = await new RegexSafety(defaultCacheFolder(packageRoot())).judge(regex, flags);
  if (verdict.status === 'vulnerable' && verdict.degree >= DANGEROUS_DEGREE) {
    throw new UsageError(
      `the regular expression '${regex}' is refused: its time is ${verdict.complexity} in the length of a caption, as on ${verdict.attack}`,
    );
  }
}

/** The folder of the package, of sources and of built files alike. */
function packageRoot(): string {
  const here = fileURLToPath(new URL('../../../', import.meta.url));
  return /[\\/]dist[\\/]$/.test(here) ? fileURLToPath(new URL('../../../../', import.meta.url)) : here;
}
