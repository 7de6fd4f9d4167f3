import type { ImageRow } from './rows.js';

type Shown = Pick<ImageRow, 'image_id' | 'file' | 'caption' | 'labels' | 'entities'>;

/** A few images as text: what the caption says of each, its labels, and the line of the dictionary behind each entity. */
export const panelTable = (images: readonly Shown[]): string => images.map(panel).join('\n\n');

function panel({ image_id, file, caption, labels, entities }: Shown): string {
  return [
    file ?? image_id,
    `  ${caption}`,
    `  labels: ${labels.join(', ') || 'none'}`,
    ...entities.map(({ text, entity, value, assertion, at }) => {
      const what = `${entity}=${value}${assertion === 'present' ? '' : ` (${assertion})`}`;
      return `    ${`"${text}"`.padEnd(28)} ${what.padEnd(36)} ${at}`;
    }),
  ].join('\n');
}
