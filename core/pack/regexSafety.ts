import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFolder } from './glob.js';

/** What is known of a regex's worst case. */
export type Verdict =
  | { readonly status: 'safe' }
  /** `attack` is a JavaScript expression of a text on which it takes too long. */
  | { readonly status: 'vulnerable'; readonly complexity: string; readonly degree: number; readonly attack: string }
  | { readonly status: 'unknown'; readonly reason: string };

const TIMEOUT = 10_000;
/** Part of every key: verdicts of other settings are not taken over. */
const EDITION = 'recheck-4.5 u 1';

/**
 * Judges a regex by recheck (automata, and fuzzing where these do not decide; pure JavaScript). It takes 2 ms to some
 * seconds and is loaded at the first regex without a cached verdict; verdicts are kept by the hash of the pattern.
 */
export class RegexSafety {
  private check: typeof import('recheck').checkSync | undefined;

  constructor(private readonly cacheFolder: string) {}

  async judge(pattern: string, flags: string): Promise<Verdict> {
    const key = createHash('sha256').update(`${EDITION}\n${flags}\n${pattern}`).digest('hex');
    const path = join(this.cacheFolder, `${key}.json`);
    const cached = readVerdict(path);
    if (cached) return cached;
    const verdict = await this.run(pattern, flags);
    if (verdict.status !== 'unknown') writeVerdict(this.cacheFolder, path, verdict);
    return verdict;
  }

  private async run(pattern: string, flags: string): Promise<Verdict> {
    if (!this.check) {
      // Else recheck looks for a Java runtime and a native binary, and starts a process.
      process.env.RECHECK_SYNC_BACKEND ??= 'pure';
      this.check = (await import('recheck')).checkSync;
    }
    const found = this.check(pattern, flags, { timeout: TIMEOUT, randomSeed: 1 });
    if (found.status === 'safe') return { status: 'safe' };
    if (found.status === 'unknown') return { status: 'unknown', reason: found.error.kind };
    const { complexity, attack } = found;
    return complexity.type === 'exponential'
      ? { status: 'vulnerable', complexity: 'exponential', degree: Infinity, attack: attack.pattern }
      : {
          status: 'vulnerable',
          complexity: `polynomial (degree ${complexity.degree})`,
          degree: complexity.degree,
          attack: attack.pattern,
        };
  }
}

/** Where verdicts are kept: beside other tools' caches where the engine is installed, else in the system's folder. */
export function defaultCacheFolder(packageRoot: string): string {
  const modules = join(packageRoot, 'node_modules');
  return isFolder(modules) ? join(modules, '.cache', 'legenda', 'regex') : join(tmpdir(), 'legenda-cache', 'regex');
}

function readVerdict(path: string): Verdict | undefined {
  try {
    const verdict = JSON.parse(readFileSync(path, 'utf8')) as Verdict & { degree?: number | null };
    return verdict.status === 'vulnerable' ? { ...verdict, degree: verdict.degree ?? Infinity } : verdict;
  } catch {
    return undefined;
  }
}

/** A cache that cannot be written is done without. */
function writeVerdict(folder: string, path: string, verdict: Verdict): void {
  try {
    mkdirSync(folder, { recursive: true });
    const draft = `${path}.${process.pid}.tmp`;
    writeFileSync(draft, JSON.stringify(verdict));
    renameSync(draft, path);
  } catch {
    return;
  }
}
