import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { backgroundOutput, partialName, type Output } from './output.js';

const BLOCK = 4 << 20;
const NEWLINE = 10;

/** The name beside a table under which its records grow as JSON Lines. */
export const linesName = (path: string): string => `${path}.lines`;

/**
 * A table that grows as JSON Lines, of which any part can be kept, and is made of them when they are complete: so that
 * an interrupted pass can be resumed whatever it writes.
 *
 * @param open opens the table itself, which takes whole lines
 * @param keep bytes of an interrupted pass's lines that stand
 */
export function tableOutput(path: string, open: (path: string) => Promise<Output>, keep = 0): Output {
  const lines = backgroundOutput(linesName(path), keep);
  const name = partialName(linesName(path));
  return {
    write: (bytes) => lines.write(bytes),
    get bytes() {
      return lines.bytes;
    },
    sync: () => lines.sync(),
    async commit() {
      await lines.flush();
      const table = await open(path);
      try {
        for (const block of blocksOf(name)) await table.write(block);
      } catch (error) {
        table.discard();
        throw error;
      }
      await table.commit();
      lines.discard();
    },
    discard() {
      lines.discard();
      rmSync(partialName(path), { force: true });
    },
  };
}

/** A file in pieces of whole lines. */
function* blocksOf(path: string): Generator<Uint8Array> {
  const fd = openSync(path, 'r');
  try {
    let rest = Buffer.alloc(0);
    for (;;) {
      const block = Buffer.allocUnsafe(BLOCK);
      const got = readSync(fd, block, 0, BLOCK, null);
      if (got === 0) break;
      const bytes = Buffer.concat([rest, block.subarray(0, got)]);
      const end = bytes.lastIndexOf(NEWLINE) + 1;
      if (end > 0) yield bytes.subarray(0, end);
      rest = bytes.subarray(end);
    }
    if (rest.length > 0) yield rest;
  } finally {
    closeSync(fd);
  }
}
