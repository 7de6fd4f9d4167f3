/** A number in [0, 1) that depends on nothing but its keys: the same world whenever and in whatever order it is asked. */
export function draw(...keys: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const key of keys) {
    const text = String(key);
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  // The last steps of a well-known mixer: FNV alone leaves the high bits of short keys alike.
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x7feb352d);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x846ca68b);
  hash ^= hash >>> 16;
  return (hash >>> 0) / 2 ** 32;
}

/** A whole number in [0, below). */
export const drawInt = (below: number, ...keys: readonly (string | number)[]): number =>
  Math.floor(draw(...keys) * below);

/** One of a list. */
export const drawOne = <T>(list: readonly T[], ...keys: readonly (string | number)[]): T =>
  list[drawInt(list.length, ...keys)];
