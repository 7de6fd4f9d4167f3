import { closeSync, openSync, readSync } from 'node:fs';
import { UsageError } from '../../pipeline/usageError.js';
import type { TableName } from '../rows.js';
import { SCHEMA } from '../schema.js';
import { columnName, type ColumnRequest } from './columnRequest.js';
import type { TableSource } from './tableSource.js';

const GROUP_ROWS = 2_000;
const CHUNK = 1 << 20;
const LINE_FEED = 10;

/**
 * Opens a JSON Lines table. The file is walked once to see where its groups of lines begin; a group is parsed when it is
 * read, the last one is kept.
 *
 * @throws UsageError for a line that is no JSON object, when its group is read
 */
export function openJsonl(path: string, table: TableName): TableSource {
  const fd = openSync(path, 'r');
  const { offsets, groups } = layoutOf(fd);
  let kept: { group: number; rows: readonly Record<string, unknown>[] } | undefined;

  const rowsOf = (group: number): readonly Record<string, unknown>[] => {
    if (kept?.group === group) return kept.rows;
    const bytes = Buffer.alloc(offsets[group + 1] - offsets[group]);
    readSync(fd, bytes, 0, bytes.length, offsets[group]);
    const rows = bytes
      .toString('utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line, i) => parsed(line, path, group * GROUP_ROWS + i + 1));
    kept = { group, rows };
    return rows;
  };

  /** Those of the table, and what the first row has beside them, such as `split`. */
  const columnsOf = (): readonly string[] => {
    const known = SCHEMA[table].map((column): string => column.name);
    const first = groups.length > 0 ? Object.keys(rowsOf(0)[0]) : [];
    return [...known, ...first.filter((name) => !known.includes(name))];
  };

  return {
    file: path,
    format: 'jsonl',
    groups,
    get columns() {
      return columnsOf();
    },
    read: (group, rows, columns) => {
      const all = rowsOf(group);
      const picked = rows ? rows.map((row) => all[row]) : all;
      return Promise.resolve(columns.map((request) => picked.map((row) => valueOf(row, request))));
    },
    close: () => closeSync(fd),
  };
}

const valueOf = (row: Record<string, unknown>, request: ColumnRequest): unknown => row[columnName(request)] ?? null;

function parsed(line: string, path: string, number: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // told below
  }
  throw new UsageError(`${path}:${number} is no JSON object`);
}

/** Where each group of lines begins, and how many rows it has; empty lines are none. */
function layoutOf(fd: number): { offsets: number[]; groups: number[] } {
  const chunk = Buffer.alloc(CHUNK);
  const offsets = [0];
  const groups: number[] = [];
  let [position, rows, blank] = [0, 0, true];
  for (let read = readSync(fd, chunk, 0, CHUNK, 0); read > 0; read = readSync(fd, chunk, 0, CHUNK, position)) {
    for (let at = 0; at < read;) {
      const end = chunk.indexOf(LINE_FEED, at);
      const stop = end < 0 || end >= read ? read : end;
      if (stop > at && chunk.subarray(at, stop).some((byte) => byte > 32)) blank = false;
      if (stop === read) break;
      if (!blank) rows++;
      blank = true;
      at = stop + 1;
      if (rows === GROUP_ROWS) {
        offsets.push(position + at);
        groups.push(rows);
        rows = 0;
      }
    }
    position += read;
  }
  if (!blank) rows++;
  if (rows > 0) {
    offsets.push(position);
    groups.push(rows);
  }
  return { offsets, groups };
}
