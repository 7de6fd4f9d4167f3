import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { UsageError } from '../pipeline/usageError.js';

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the system counts it; a number that is used again for another process has another. */
  readonly began: string | null;
  readonly since: string;
}

/**
 * Takes a folder for this process alone. A lock whose process is gone is taken over.
 * @returns a function that gives it back
 * @throws UsageError where another process has it
 */
export function lockFolder(path: string, folder: string): () => void {
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    began: beganOf(process.pid),
    since: new Date().toISOString(),
  };
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(mine));
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      // A link appears with its content; a file that is opened and then written could be read while it is empty.
      if (linked(draft, path)) return () => rmSync(path, { force: true });
      const holder = readHolder(path);
      if (holder !== null && isAlive(holder)) throw new UsageError(taken(holder, path, folder));
      takeAway(path, holder);
    }
    throw new UsageError(`the lock ${path} cannot be taken over; delete it if no other fetch is at work`);
  } finally {
    rmSync(draft, { force: true });
  }
}

function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a stale lock away; where another process was faster and it is its own by now, puts it back. */
function takeAway(path: string, stale: Holder | null): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (JSON.stringify(moved) !== JSON.stringify(stale)) linked(aside, path);
  rmSync(aside, { force: true });
}

function taken({ pid, host, since }: Holder, path: string, folder: string): string {
  const here = host === hostname();
  const who = here ? `process ${pid}` : `process ${pid} on ${host}`;
  return `another fetch is at work in ${folder}: ${who}, since ${since}${here ? '' : `; if it is gone, delete ${path}`}`;
}

function readHolder(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    // Torn by a kill, or just given back.
    return null;
  }
}

function isAlive({ pid, host, began }: Holder): boolean {
  // What happens on another machine cannot be seen from here.
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = beganOf(pid);
  return began === null || now === null || began === now;
}

/** Field 22 of /proc/PID/stat, where there is one. The name of the program before it may hold blanks and brackets. */
function beganOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
