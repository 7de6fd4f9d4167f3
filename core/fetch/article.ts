import { bestRecord, describedRow, describeOne, type Underway } from './describe.js';
import { figures } from './figures.js';
import { fullText } from './fullText.js';
import { idOf, type ManifestRow, type Reason } from './row.js';
import type { Fault, Workplace } from './workplace.js';

/**
 * Fetches one article: its licence first, then, only where that is wanted, its text and the figures that the text names.
 *
 * @returns the rows to be written; more than one where the article turned out to have another id
 * @throws what is no failure of a source: the disk, and the user's stop
 */
export async function fetchArticle(work: Workplace, article: Underway): Promise<readonly ManifestRow[]> {
  const started = article.row;
  const resumed = started.status === 'incomplete';
  if (!resumed) await describeOne(work, article);
  const described = resumed ? started : describedRow(work, article);
  const row: ManifestRow = {
    ...described,
    attempts: started.attempts + 1,
    time: work.now().toISOString(),
    reason: null,
    detail: null,
    missing: [],
  };
  if (row.pmcid !== null && row.id !== row.pmcid)
    return renamed(row, await finish(work, article, { ...row, id: row.pmcid }));
  return [await finish(work, article, row)];
}

function renamed(before: ManifestRow, after: ManifestRow): readonly ManifestRow[] {
  const asked = [...new Set([...(before.asked ?? []), before.id])];
  return [
    { ...before, became: idOf(after) },
    { ...after, asked },
  ];
}

async function finish(work: Workplace, article: Underway, row: ManifestRow): Promise<ManifestRow> {
  const { records, faults } = article;
  const known = bestRecord(records);
  if (row.pmcid === null) {
    return faults.length > 0 ? failed(row, faults) : skipped(row, 'not-in-pmc', 'no source knows a PMCID of it');
  }
  if (row.status !== 'incomplete') {
    if (row.license === null && faults.length > 0) return failed(row, faults);
    if (known === null && records.size > 0) return skipped(row, 'unknown-article', 'no source knows it');
    const unwanted = refusal(work, row);
    if (unwanted) return skipped(row, unwanted.reason, unwanted.detail);
  }
  const text = await fullText(work, row, records);
  if (!('file' in text)) {
    return text.length > 0
      ? failed(row, text)
      : skipped(row, 'no-full-text', 'every source says that it has no text of it');
  }
  const { files, missing } = await figures(work, row, text.figures, records);
  return {
    ...row,
    status: missing.length > 0 ? 'incomplete' : 'done',
    reason: missing.length > 0 ? 'figure-missing' : null,
    detail: missing.length > 0 ? missing[0].detail : null,
    sources: { ...row.sources, text: text.source },
    files: [text.file, ...files],
    missing,
  };
}

/** Why an article is not wanted, or null. */
export function refusal(
  work: Pick<Workplace, 'filter'>,
  { license, license_stated }: ManifestRow,
): { reason: Reason; detail: string } | null {
  if (work.filter.accepts(license)) return null;
  if (license === null) return { reason: 'license-unknown', detail: 'no source states its licence' };
  if (license === 'TDM')
    return { reason: 'manuscript', detail: "an author's manuscript may be mined and not be passed on" };
  return { reason: 'license', detail: `its licence is ${license_stated ?? license}` };
}

const skipped = (row: ManifestRow, reason: Reason, detail: string): ManifestRow => ({
  ...row,
  status: 'skipped',
  reason,
  detail,
});

/** The fault that a repetition may cure says most about what to do. */
function failed(row: ManifestRow, faults: readonly Fault[]): ManifestRow {
  const { reason, detail } = faults.find((fault) => fault.reason !== 'no-body') ?? faults[0];
  return { ...row, status: 'failed', reason, detail };
}
