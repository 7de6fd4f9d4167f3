import { createHash } from 'node:crypto';

const MAX = 90;

/**
 * The key of a sample: an id without dot, slash or anything else that a path or WebDataset gives a meaning to. Where
 * something had to be replaced, a hash of the id keeps keys apart.
 */
export function sampleKey(id: string): string {
  const safe = id.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, MAX);
  return safe === id ? id : `${safe}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}`;
}
