#!/usr/bin/env node
// Starts the built command line. In a fresh checkout it installs and builds first, so that one command is enough.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = new URL('../dist/bin/main.js', import.meta.url);
if (!existsSync(fileURLToPath(built))) {
  const setup = new URL('./setup.mjs', import.meta.url);
  if (!existsSync(fileURLToPath(setup))) {
    console.error('legenda: this installation is incomplete: dist/ is missing');
    process.exit(70);
  }
  await import(setup.href);
}
const { main } = await import(built.href);
await main(process.argv.slice(2), import.meta.url);
