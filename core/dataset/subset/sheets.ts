import { openSync, closeSync, writeSync } from 'node:fs';
import type { stringify } from 'csv-stringify/sync';

export type Cell = string | number | boolean | null | readonly string[];

/** Rows of a CSV file with a header, or of a JSON Lines file, written as they come. */
export interface Sheet {
  write(row: Readonly<Record<string, unknown>>): void;
  close(): void;
}

const BATCH = 1 << 20;

function grown(path: string): { add(text: string): void; close(): void } {
  const fd = openSync(path, 'w');
  let waiting: string[] = [];
  let size = 0;
  const flush = (): void => {
    const bytes = Buffer.from(waiting.join(''), 'utf8');
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
    waiting = [];
    size = 0;
  };
  return {
    add(text) {
      waiting.push(text);
      size += text.length;
      if (size > BATCH) flush();
    },
    close() {
      flush();
      closeSync(fd);
    },
  };
}

/** A CSV sheet: lists as JSON text, what is missing empty. The header is there although no row comes. */
export async function csvSheet(path: string, columns: readonly string[]): Promise<Sheet> {
  const { stringify: csv }: { stringify: typeof stringify } = await import('csv-stringify/sync');
  const file = grown(path);
  file.add(csv([columns as string[]]));
  return {
    write: (row) => file.add(csv([columns.map((name) => cell(row[name]))])),
    close: file.close,
  };
}

export function jsonlSheet(path: string): Sheet {
  const file = grown(path);
  return { write: (row) => file.add(`${JSON.stringify(row)}\n`), close: file.close };
}

const cell = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value as string | number | boolean);
