import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desk, missingLine, pageText, ROOT, stepsOf } from './page.js';

/** The pages for authors: every command in them is run, in a folder of its own for each page. */
const PAGES = [
  'docs/packs.md',
  'docs/plugins.md',
  ...readdirSync(join(ROOT, 'docs/authors')).map((name) => `docs/authors/${name}`),
];

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/setup.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}, 600_000);

describe.each(PAGES)('%s', (path) => {
  const desk = new Desk();
  const steps = stepsOf(pageText(path));
  afterAll(() => rmSync(desk.folder, { recursive: true }));

  it('has commands', () => {
    expect(steps.some(({ kind }) => kind === 'run')).toBe(true);
  });

  it.each(steps.map((step) => [step.kind === 'run' ? step.commands.split('\n')[0] : step.path, step] as const))(
    '%s',
    (_, step) => {
      if (step.kind === 'file') return desk.write(step.path, step.content);
      const { output, status } = desk.run(step.commands);
      // A line such as `# exit code 1` at the end of a block says that it ends so.
      const expected = Number(/# exit code (\d+)\s*$/u.exec(step.commands)?.[1] ?? 0);
      expect(status, output).toBe(expected);
      const missing = missingLine(step.shown, output);
      expect(missing && `${path}:${step.line}: '${missing}' is not in\n${output}`).toBeUndefined();
    },
  );
});
