import type { ExportSummary } from '../core/dataset/export/types.js';
import type { LegendaCommand } from './base.js';

/** The summary of an export, for people on standard error or as JSON. */
export function printSummary(
  command: LegendaCommand,
  summary: ExportSummary,
  output: string,
  flags: { readonly quiet: boolean; readonly json: boolean },
): void {
  if (flags.json) command.log(JSON.stringify(summary));
  else if (!flags.quiet) {
    const counts = Object.entries(summary.counts).map(([name, n]) => `${n.toLocaleString('en')} ${name}`);
    command.logToStderr(
      `${output}: ${counts.join('; ')}; ${summary.files.toLocaleString('en')} files, ${(summary.bytes / 1e6).toFixed(1)} MB`,
    );
    for (const note of summary.notes) command.logToStderr(note);
  }
}
