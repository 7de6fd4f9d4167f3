import type { FetchProgress, FetchSummary, Stage } from '../core/fetch/index.js';

/** The line of a fetch on standard error, drawn four times a second. */
export interface FetchBar {
  readonly update: (progress: FetchProgress) => void;
  /** Wipes the line. May be called twice. */
  readonly end: () => void;
}

const WORDS: Readonly<Record<Stage, string>> = { search: 'searching', articles: 'articles', mesh: 'MeSH terms' };
const number = (value: number): string => value.toLocaleString('en');

export function fetchBar(silent: boolean): FetchBar {
  if (silent) return { update: () => undefined, end: () => undefined };
  let stage: Stage | undefined;
  let began = 0;
  let drawn = 0;
  let open = false;
  const wipe = (): void => {
    if (open) process.stderr.write('\r\x1b[K');
    open = false;
  };
  return {
    update(progress) {
      const now = Date.now();
      if (progress.stage !== stage) [stage, began] = [progress.stage, now];
      else if (now - drawn < 250) return;
      drawn = now;
      open = true;
      process.stderr.write(`\r\x1b[Kfetch ${lineOf(progress, (now - began) / 1000)}`);
    },
    end: wipe,
  };
}

function lineOf({ stage, done, total, files, failed, skipped, traffic }: FetchProgress, seconds: number): string {
  const of = total === undefined ? '' : ` of ${number(total)}`;
  const rate = seconds > 1 ? `, ${(done / seconds).toFixed(done / seconds < 10 ? 1 : 0)}/s` : '';
  const left =
    total !== undefined && done > 0 && seconds > 3 ? `, ${duration(((total - done) * seconds) / done)} left` : '';
  const head = `${WORDS[stage]}: ${number(done)}${of}${rate}${left}`;
  if (stage === 'search') return head;
  const parts = [`${number(files)} files`, megabytes(traffic.bytes), `${number(traffic.requests)} requests`];
  if (traffic.repeated > 0) parts.push(`${number(traffic.repeated)} repeated`);
  if (skipped > 0) parts.push(`${number(skipped)} skipped`);
  if (failed > 0) parts.push(`${number(failed)} failed`);
  return `${head}; ${parts.join(', ')}`;
}

/** The end of a pass in a few lines: what there is, what is missing and why, what it took. */
export function summaryText({ articles, reasons, pass, mesh, traffic, faults }: FetchSummary, seconds: number): string {
  const lines = [
    `${number(pass.found)} new articles found, ${number(pass.tried)} tried, ${number(pass.files)} files fetched in ${duration(seconds)} ` +
      `(${number(traffic.requests)} requests, ${number(traffic.repeated)} of them repeated, ${number(traffic.spared)} spared by the cache, ${megabytes(traffic.bytes)})`,
    `in the folder: ${number(articles.done)} done, ${number(articles.incomplete)} incomplete, ${number(articles.skipped)} skipped, ` +
      `${number(articles.failed)} failed, ${number(articles.found)} not tried; PubMed records of ${number(mesh)}`,
    ...Object.entries(reasons).map(([reason, count]) => `  ${reason}: ${number(count)}`),
    ...faults,
  ];
  return `${lines.join('\n')}\n`;
}

export function duration(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 6000) return `${Math.round(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

const megabytes = (bytes: number): string =>
  bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
