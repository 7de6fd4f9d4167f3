import type { AuditReport } from './audit.js';

/** The figures of an audit as text, for below the diagnostics: what fires most, and what costs most. */
export function renderAudit({ captions, tallies, costs }: AuditReport, most = 10): string {
  const all = [...tallies];
  const fired = all.filter(([, one]) => one.fired > 0);
  const top = [...fired].sort((a, b) => b[1].fired - a[1].fired).slice(0, most);
  const total = costs.reduce((sum, one) => sum + one.milliseconds, 0);
  return [
    `${captions} captions; ${fired.length} of ${all.length} values and rules fire`,
    '',
    'Most often',
    ...rows(
      top.map(([id, one]) => [id, `${one.fired}`, `${((100 * one.fired) / Math.max(1, captions)).toFixed(1)} %`]),
    ),
    ...(costs.length === 0
      ? []
      : [
          '',
          'Dearest regexes (rule, ms, share, runs, matches)',
          ...rows(
            costs
              .slice(0, most)
              .map((one) => [
                one.rule,
                one.milliseconds.toFixed(2),
                `${((100 * one.milliseconds) / Math.max(total, 1e-9)).toFixed(1)} %`,
                `${one.runs}`,
                `${one.matches}`,
              ]),
          ),
        ]),
    '',
  ].join('\n');
}

function rows(cells: readonly (readonly string[])[]): string[] {
  const widths = (cells[0] ?? []).map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  return cells.map(
    (row) => '  ' + row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '),
  );
}
