import type { Article, PluginContext, PluginLexicon } from '../../core/plugin/index.js';
import { Words } from './words.js';

type Table = Article['tables'][number];

/** One patient of a table, as sentences `Column: value.` */
export interface TablePatient {
  readonly text: string;
}

/** Fewer rows than this are no series. */
const FEWEST = 2;

/**
 * The patients of a table that has a column for age and one for sex and a number in each cell under the age. The table
 * may also stand on its side, with a column for each patient.
 */
export function patientsInTable(context: PluginContext, { rows }: Table, lexicon: PluginLexicon): TablePatient[] {
  return read(context, rows, lexicon) ?? read(context, transposed(rows), lexicon) ?? [];
}

function read(context: PluginContext, rows: Table['rows'], lexicon: PluginLexicon): TablePatient[] | null {
  const [header, ...body] = rows;
  if (!header || body.length < FEWEST) return null;
  const kinds = header.map((cell) => {
    const words = new Words(context.doc(cell), lexicon);
    return [
      words.find(0, words.doc.count, 'column_age') !== null,
      words.find(0, words.doc.count, 'column_sex') !== null,
    ] as const;
  });
  const age = kinds.findIndex(([isAge]) => isAge);
  const sex = kinds.findIndex(([, isSex]) => isSex);
  if (age < 0 || sex < 0) return null;
  const patients = body.filter((row) => isAge(row[age]) && isSex(context, row[sex], lexicon));
  // A table of groups has means and shares where a table of patients has an age and a sex.
  if (patients.length < FEWEST || patients.length < body.length * 0.6) return null;
  return patients.map((row) => ({
    text: header
      .map((name, i) => [name.trim(), (row[i] ?? '').trim()] as const)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => (name === '' ? value : `${name}: ${value}`))
      .join('. ')
      .concat('.'),
  }));
}

const isAge = (cell: string | undefined): boolean =>
  /^\D{0,4}\d{1,3}(?:[.,]\d)?(?!\d)[^%±(–-]{0,24}$/.test((cell ?? '').trim());

function isSex(context: PluginContext, cell: string | undefined, lexicon: PluginLexicon): boolean {
  const words = new Words(context.doc(cell ?? ''), lexicon);
  return words.doc.count <= 4 && words.find(0, words.doc.count, 'sex') !== null;
}

function transposed(rows: Table['rows']): string[][] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, k) => rows.map((row) => row[k] ?? ''));
}
