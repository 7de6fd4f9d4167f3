import type { LabelRecord } from '../label/record.js';

/** A few records as text: each panel with its labels, and where each entity came from. */
export function demoTable(records: readonly (LabelRecord & { readonly id: string })[], ids: readonly string[]): string {
  return records
    .filter((record) => ids.includes(record.id))
    .map((record) =>
      [record.caption, ...record.subcaptions.map((s) => `  ${panelLine(s)}`), ...entityLines(record), ''].join('\n'),
    )
    .join('\n');
}

const panelLine = ({ panel, labels }: LabelRecord['subcaptions'][number]): string =>
  `${panel === null ? 'labels' : `panel ${panel}`}: ${labels.join(', ') || 'none'}`;

function entityLines({ entities }: LabelRecord): string[] {
  return entities.map(({ text, entity, value, assertion, origin }) => {
    const what = `${entity}=${value}${assertion === 'present' ? '' : ` (${assertion})`}`;
    return `    ${`"${text}"`.padEnd(28)} ${what.padEnd(36)} ${origin.at}`;
  });
}
