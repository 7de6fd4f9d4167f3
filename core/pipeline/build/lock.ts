import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { UsageError } from '../usageError.js';

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the system tells it: a number that is given again does not pass for the same process. */
  readonly began: string | null;
}

/** How often the holder says that it lives, and after how long another machine takes it for dead. */
const BEAT_MS = 10_000;
const DEAD_MS = 120_000;

export interface Lock {
  release(): void;
}

/**
 * Takes the lock file of a dataset. One that a dead process has left is taken over.
 * @throws UsageError where another build is at work; an error of the file system where the lock cannot be written
 */
export function takeLock(path: string, dataset: string): Lock {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), began: beganAt(process.pid) } satisfies Holder);
  for (let attempts = 0; ; attempts++) {
    try {
      writeFileSync(path, mine, { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempts > 4) throw error;
    }
    const text = readOrNull(path);
    if (text === null) continue;
    const holder = holderOf(text);
    if (isAlive(holder, path)) {
      const who = holder
        ? `process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}`
        : 'another process';
      throw new UsageError(`another build is at work on ${dataset} (${who}); wait until it is done`);
    }
    takeAway(path, text);
  }
  const beat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // The folder was removed: the build will say so.
    }
  }, BEAT_MS);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      if (readOrNull(path) === mine) rmSync(path, { force: true });
    },
  };
}

/** Removes a dead process's lock, unless another build was faster. */
function takeAway(path: string, text: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  // Between reading and renaming another build may have taken the lock: it gets it back.
  if (readOrNull(aside) !== text && readOrNull(path) === null) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

function isAlive(holder: Holder | null, path: string): boolean {
  if (holder === null) {
    // Being written this moment, or torn.
    return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 2_000;
  }
  if (holder.host !== hostname())
    return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < DEAD_MS;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const began = beganAt(holder.pid);
  return holder.began === null || began === null || began === holder.began;
}

function holderOf(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Partial<Holder>;
    return typeof value.pid === 'number' && typeof value.host === 'string' ? (value as Holder) : null;
  } catch {
    return null;
  }
}

/** The start time of a process in ticks since boot, where `/proc` tells it. */
function beganAt(pid: number): string | null {
  const stat = readOrNull(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name of the process may hold anything: fields are counted behind its last bracket.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
