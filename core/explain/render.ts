import type { Explanation, RuleVerdict } from './explanation.js';

/** An explanation as text for a terminal. */
export function renderExplanation({ record, won, shadowed, refused, markers, split, withheld }: Explanation): string {
  const lines: string[] = [record.caption, '', `labels: ${record.labels.join(', ') || 'none'}`];
  if (record.compounds) lines.push(`compounds: ${record.compounds.join(', ')}`);
  const section = (title: string, rows: readonly string[]): void => {
    if (rows.length > 0) lines.push('', title, ...rows.map((row) => `  ${row}`));
  };
  section(
    'entities',
    won.map(({ text, entity, value, assertion, origin, labels }) => {
      const cue = origin.cue ? ` because of "${origin.cue.text}"` : '';
      const gives = labels.length > 0 ? ` → ${labels.join(', ')}` : '';
      return `"${text}" ${entity}=${value}${assertion === 'present' ? '' : ` [${assertion}${cue}]`}${gives}   ${origin.rule} (${origin.at})`;
    }),
  );
  section(
    'shadowed',
    shadowed.map(({ hit, by, why }) => `"${hit.text}" ${hit.id} lost to "${by.text}" ${by.id}: ${why} (${by.at})`),
  );
  section(
    'refused',
    refused.map(({ hit, why }) => `"${hit.text}" ${hit.id}: ${why} (${hit.at})`),
  );
  section(
    'no label',
    withheld.map(({ label, because }) => `${label}: ${because}`),
  );
  section(
    `panels (confidence ${split.confidence}${split.reasons.length > 0 ? `: ${split.reasons.join(', ')}` : ''})`,
    record.subcaptions.map(
      ({ panel, text, labels }) => `${panel ?? 'whole'}: ${text}${labels.length > 0 ? ` → ${labels.join(', ')}` : ''}`,
    ),
  );
  section(
    'markers',
    markers.map(({ text, taken, why }) => `"${text}" ${taken ? 'taken' : 'refused'}: ${why}`),
  );
  section(
    'conflicts',
    (record.conflicts ?? []).map(
      (c) => `${c.labels.join(' and ')} are both named: ${c.entities.map((i) => `"${won[i].text}"`).join(', ')}`,
    ),
  );
  return lines.join('\n');
}

/** A verdict as text. */
export const renderVerdict = ({ rule, outcome, sentence, at }: RuleVerdict): string =>
  `${rule}: ${outcome}\n  ${sentence}${at.length > 0 ? `\n  defined at ${at.slice(0, 5).join(', ')}${at.length > 5 ? ` and ${at.length - 5} more lines` : ''}` : ''}`;
