// Compiles, copies the data files that the code reads at run time, and writes the manifest that makes --help start fast.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(root, 'node_modules', '.bin', name);

function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

run(bin('tsc'), ['-p', 'tsconfig.json']);
for (const folder of ['core', 'plugins']) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
    const from = join(entry.parentPath ?? entry.path, entry.name);
    cpSync(from, join(root, 'dist', relative(root, from)), { recursive: true });
  }
}
if (existsSync(bin('oclif'))) run(bin('oclif'), ['manifest']);
writeFileSync(join(root, 'dist', '.built'), '');
