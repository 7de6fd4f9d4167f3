import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dump, load } from 'js-yaml';
import type { LabelRecord } from '../label/record.js';
import { markedText } from './outcome.js';

/** A labelling as it is kept and reviewed. */
export interface Snapshot {
  readonly marked: string;
  readonly labels: readonly string[];
}

/** The snapshots of one test file, by caption. */
export type Snapshots = Map<string, Snapshot>;

const HEAD = '# Written by `legenda test --update`. Read the difference before you commit it.\n';

/** `colour.test.yaml` keeps its snapshots in `colour.test.snap`. */
export const snapshotFile = (testFile: string): string => testFile.replace(/\.yaml$/, '.snap');

export const snapshotOf = (record: LabelRecord): Snapshot => ({
  marked: markedText(record),
  labels: [...record.labels].sort(),
});

export const sameSnapshot = (a: Snapshot, b: Snapshot): boolean =>
  a.marked === b.marked && a.labels.join() === b.labels.join();

export const snapshotText = ({ marked, labels }: Snapshot): string => `${marked} → ${labels.join(', ') || 'no labels'}`;

/** The snapshots in a file; none where it is not there or cannot be read, so that `--update` mends it. */
export function readSnapshots(path: string): Snapshots {
  try {
    const value = load(readFileSync(path, 'utf8'));
    return new Map(
      Object.entries(value as Record<string, Snapshot>).filter(
        ([, one]) => typeof one.marked === 'string' && Array.isArray(one.labels),
      ),
    );
  } catch {
    return new Map();
  }
}

/** Writes snapshots sorted by caption; removes the file where there are none. Gives whether anything changed. */
export function writeSnapshots(path: string, snapshots: Snapshots): boolean {
  const sorted = Object.fromEntries([...snapshots].sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = HEAD + dump(sorted, { lineWidth: -1 });
  const before = textOf(path);
  if (snapshots.size === 0) {
    rmSync(path, { force: true });
    return before !== undefined;
  }
  if (text === before) return false;
  writeFileSync(`${path}.tmp`, text);
  renameSync(`${path}.tmp`, path);
  return true;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
