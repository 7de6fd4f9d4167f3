import { createHash } from 'node:crypto';

const md5Of = (text: string): string => createHash('md5').update(text).digest('hex');

/**
 * Why a text is not the one that its checksum is of, or null. The decoder drops a byte order mark, so that a text is
 * looked at with one too; one with characters that could not be decoded cannot be told by its letters.
 */
export function damage(text: string, md5: string | undefined): string | null {
  if (md5 === undefined || text.includes('\uFFFD')) return null;
  return md5Of(text) === md5 || md5Of(`\uFEFF${text}`) === md5
    ? null
    : 'it is not the file whose checksum the bucket states';
}
