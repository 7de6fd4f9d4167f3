import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A step of a page: a file that is written, or commands with what they print, where that is shown. */
export type Step =
  | { readonly kind: 'file'; readonly line: number; readonly path: string; readonly content: string }
  | { readonly kind: 'run'; readonly line: number; readonly commands: string; readonly shown: readonly string[] };

/**
 * The steps of a Markdown page. A fenced block whose first line is a comment with a path (`# burns/pack.yaml`,
 * `// index.js`) is a file; an `sh` block is run; a `text` block after it shows what is printed.
 */
export function stepsOf(page: string): Step[] {
  const steps: Step[] = [];
  for (const { 1: language, 2: code, index } of page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gmu)) {
    const line = page.slice(0, index).split('\n').length;
    const path = /^(?:#|\/\/) ([\w./@-]+\.(?:yaml|yml|js|json|md))\n/u.exec(code)?.[1];
    const last = steps.at(-1);
    if (language === 'sh') steps.push({ kind: 'run', line, commands: code, shown: [] });
    else if (language === 'text' && last?.kind === 'run' && last.shown.length === 0) {
      steps[steps.length - 1] = { ...last, shown: code.trimEnd().split('\n') };
    } else if (path !== undefined) steps.push({ kind: 'file', line, path, content: code });
  }
  return steps;
}

/** A temporary folder in which `legenda`, `npx legenda` and `import 'legenda/…'` are those of this repository. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'legenda-page-'));
  private readonly env: NodeJS.ProcessEnv;

  constructor() {
    const bin = join(this.folder, 'node_modules', '.bin');
    mkdirSync(bin, { recursive: true });
    symlinkSync(ROOT, join(this.folder, 'node_modules', 'legenda'), 'dir');
    const command = join(bin, 'legenda');
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'bin', 'run.js')}" "$@"\n`);
    chmodSync(command, 0o755);
    this.env = {
      ...process.env,
      PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
      NO_COLOR: '1',
      npm_config_yes: 'false',
    };
    delete this.env.FORCE_COLOR;
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  /**
   * Runs the lines of a block one after the other, in one shell, so that `cd` holds inside it.
   * @returns what they print, both streams together, and the code of the first that fails
   */
  run(commands: string, folder = '.'): { output: string; status: number } {
    const { stdout, status } = spawnSync('bash', ['-e', '-c', `exec 2>&1\n${commands}`], {
      cwd: join(this.folder, folder),
      env: this.env,
      encoding: 'utf8',
    });
    return { output: stdout, status: status ?? -1 };
  }
}

/**
 * The first shown line that does not stand in the output, after the ones before it, or undefined. `…` stands for
 * anything in a line, and by itself for any lines.
 */
export function missingLine(shown: readonly string[], output: string): string | undefined {
  const lines = output.split('\n').map((line) => line.trimEnd());
  let at = 0;
  for (const line of shown) {
    if (line.trim() === '' || line.trim() === '…') continue;
    const pattern = new RegExp(`^${line.trimEnd().split('…').map(escaped).join('.*')}$`, 'u');
    const found = lines.findIndex((one, i) => i >= at && pattern.test(one));
    if (found < 0) return line;
    at = found + 1;
  }
  return undefined;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');

export const pageText = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
