import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const entry = join(root, 'bin/run.js');

/** What is tested is the built program, so it must be that of these sources. */
export function build(): void {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/setup.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line to its end. */
export function legenda(args: readonly string[], cwd: string, input = ''): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...args], { cwd, encoding: 'utf8', input });
  return { status, stdout, stderr };
}

/** Starts the command line, to be interrupted. */
export function start(
  args: readonly string[],
  cwd: string,
): { readonly child: ChildProcess; readonly ended: Promise<number | NodeJS.Signals> } {
  const child = spawn(process.execPath, [entry, ...args], { cwd, stdio: 'ignore' });
  const ended = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.on('error', reject).on('exit', (code, signal) => resolve(code ?? signal!));
  });
  return { child, ended };
}

export const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
