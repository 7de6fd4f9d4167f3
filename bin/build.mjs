// Compiles, copies the data files that the code reads at run time, and writes the manifest that makes --help start fast.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

const dist = join(root, 'dist');
// What a removed source has left: a command of it would still be found.
for (const file of filesIn(dist)) {
  const source = join(root, relative(dist, file)).replace(/(\.d\.ts|\.js)(\.map)?$/, '.ts');
  if (source.endsWith('.ts') && !existsSync(source)) rmSync(file);
}
run(bin('tsc'), ['-p', 'tsconfig.json']);
for (const folder of ['core', 'plugins']) {
  for (const file of filesIn(join(root, folder))) {
    if (file.endsWith('.json')) cpSync(file, join(dist, relative(root, file)), { recursive: true });
  }
}
if (existsSync(bin('oclif'))) run(bin('oclif'), ['manifest']);
writeFileSync(join(dist, '.built'), '');
