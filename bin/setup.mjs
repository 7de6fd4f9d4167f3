// Installs what is missing and builds what is stale. Prints to standard error only; does nothing when all is well.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'node_modules', '.legenda-installed');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

function run(what, command, args) {
  console.error(`legenda: ${what} …`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(`legenda: ${what} failed`);
    process.exit(status ?? 1);
  }
}

function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.(ts|json)$/.test(entry.name)) continue;
    time = Math.max(time, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs);
  }
  return time;
}

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  run('installing', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts']);
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stamp, lock);
}
const built = join(root, 'dist', '.built');
const sources = Math.max(...['core', 'plugins', 'bin'].map((folder) => newest(join(root, folder))));
if (!existsSync(built) || statSync(built).mtimeMs < sources) {
  run('building', 'npm', ['run', '--silent', 'build']);
}
