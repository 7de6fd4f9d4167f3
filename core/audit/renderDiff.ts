import type { Change, DiffSample, PackDiff } from './diff.js';

export interface DiffNames {
  readonly old: string;
  readonly new: string;
  /** Rows of each table; the rest is counted. */
  readonly most?: number;
}

const CAPTION = 160;

/** A comparison as a Markdown comment for a pull request: counts, two tables, samples folded away. */
export function renderDiff(diff: PackDiff, names: DiffNames): string {
  const { captions, relabelled, reread } = diff;
  const most = names.most ?? 30;
  const head = `### Labels: ${escape(names.old)} → ${escape(names.new)}`;
  if (relabelled === 0 && reread === 0) return `${head}\n\nNo difference over ${number(captions)} captions.\n`;
  const counts = `${number(relabelled)} of ${number(captions)} captions (${percent(relabelled, captions)}) have other labels, ${number(reread)} (${percent(reread, captions)}) other entities.`;
  return [head, counts, ...table('Label', diff.labels, most), ...table('Entity', diff.entities, most), ''].join('\n\n');
}

function table(title: string, changes: ReadonlyMap<string, Change>, most: number): string[] {
  if (changes.size === 0) return [];
  const shown = [...changes].slice(0, most);
  const rows = shown.map(
    ([name, { gained, lost }]) =>
      `| ${code(name)} | ${gained > 0 ? `+${number(gained)}` : ''} | ${lost > 0 ? `−${number(lost)}` : ''} |`,
  );
  const rest = changes.size > most ? [`… and ${changes.size - most} more`] : [];
  const samples = shown.flatMap(([name, change]) => [
    ...change.gainedIn.map((sample) => line('+', name, sample)),
    ...change.lostIn.map((sample) => line('−', name, sample)),
  ]);
  return [
    [`| ${title} | gained | lost |`, '| --- | ---: | ---: |', ...rows].join('\n'),
    ...rest,
    [`<details><summary>Samples (${samples.length})</summary>`, '', ...samples, '', '</details>'].join('\n'),
  ];
}

function line(sign: string, name: string, { id, caption, words }: DiffSample): string {
  const at = words === undefined ? 0 : Math.max(0, caption.indexOf(words) - CAPTION / 3);
  const cut = caption.slice(at, at + CAPTION);
  const shown = `${at > 0 ? '…' : ''}${cut}${at + CAPTION < caption.length ? '…' : ''}`.replace(/\s+/g, ' ');
  return `- ${sign} ${code(name)}${words === undefined ? '' : ` on “${escape(words)}”`} in ${code(id)}: ${escape(shown)}`;
}

/** Captions are foreign text: none of it may become markup, a mention or a link. */
const escape = (text: string): string =>
  text
    .replace(/[\\`*_[\]|#]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '@\u200b');

/** A name as code. Backslashes mean nothing there, and only a bar would end a table's cell. */
const code = (text: string): string => `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;

const number = (n: number): string => n.toLocaleString('en');
const percent = (part: number, all: number): string => `${all === 0 ? '0.0' : ((100 * part) / all).toFixed(1)} %`;
