import type { EvalReport, Interval, Score } from './types.js';

export type EvalFormat = 'pretty' | 'json' | 'markdown';
type Table = readonly (readonly string[])[];

/** A report as text, without a newline at its end. */
export function renderEval(report: EvalReport, format: EvalFormat): string {
  if (format === 'json') return JSON.stringify(report, rounded, 2);
  const table = format === 'markdown' ? markdownTable : plainTable;
  return [introOf(report), ...tablesOf(report).map(table)].join('\n\n');
}

/** Four places say all that a thousand samples can. */
const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toFixed(4)) : value);

function introOf({ captions, missing, unused, unknown_labels, bootstrap }: EvalReport): string {
  const notes = [`${captions} captions`];
  if (missing > 0) notes.push(`${missing} without a prediction`);
  if (unused > 0) notes.push(`${unused} predictions without a caption`);
  if (unknown_labels.length > 0) notes.push(`labels that the taxonomy lacks: ${unknown_labels.join(', ')}`);
  if (bootstrap) notes.push(`in brackets: 95 % intervals of ${bootstrap.samples} draws, seed ${bootstrap.seed}`);
  return notes.join('; ');
}

const COLUMNS = ['precision', 'recall', 'F1', 'right', 'extra', 'lost'];

function tablesOf({ labels, entities }: EvalReport): Table[] {
  const tables: Table[] = [];
  if (labels) {
    const { f1, interval, labels: count, min_support } = labels.macro;
    const macro = [
      'macro',
      '',
      '',
      number(f1, interval),
      `${count} labels with ${min_support} captions or more`,
      '',
      '',
    ];
    const each = Object.entries(labels.by_label)
      .sort(([a, x], [b, y]) => y.tp + y.fn - (x.tp + x.fn) || (a < b ? -1 : 1))
      .map(([label, score]) => rowOf(label, score));
    tables.push([['labels', ...COLUMNS], rowOf('micro', labels.micro), macro], [['label', ...COLUMNS], ...each]);
  }
  const rows = Object.entries(entities).flatMap(([kind, { by_assertion = {}, ...scores }]) => [
    ...Object.entries(scores).map(([name, score]) => rowOf(`${kind}, ${name.replaceAll('_', ' ')}`, score as Score)),
    ...Object.entries(by_assertion).map(([name, score]) => rowOf(`${kind}, ${name} only`, score)),
  ]);
  if (rows.length > 0) tables.push([['entities', ...COLUMNS], ...rows]);
  return tables;
}

function rowOf(name: string, { precision, recall, f1, tp, fp, fn, interval }: Score): string[] {
  return [
    name,
    number(precision, interval?.precision),
    number(recall, interval?.recall),
    number(f1, interval?.f1),
    String(tp),
    String(fp),
    String(fn),
  ];
}

const number = (value: number, interval?: Interval): string =>
  interval === undefined
    ? value.toFixed(3)
    : `${value.toFixed(3)} [${interval[0].toFixed(3)}, ${interval[1].toFixed(3)}]`;

function plainTable(table: Table): string {
  const widths = table[0].map((_, i) => Math.max(...table.map((row) => (row[i].length > 30 ? 0 : row[i].length))));
  return table
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function markdownTable([head, ...rows]: Table): string {
  const line = (row: readonly string[]): string => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
