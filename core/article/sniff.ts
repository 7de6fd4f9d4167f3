/**
 * The local name of the root element of XML that begins with `head`; undefined where the root does not come within
 * it; null where `head` is no XML. Declarations, comments and a DOCTYPE before the root are stepped over.
 */
export function xmlRoot(head: string): string | null | undefined {
  let at = skipSpace(head, head.startsWith('\uFEFF') ? 1 : 0);
  if (head[at] !== '<') return null;
  for (;;) {
    const end = miscEnd(head, at);
    if (end === undefined) break;
    if (end < 0) return undefined;
    at = skipSpace(head, end);
    if (at === head.length) return undefined;
    if (head[at] !== '<') return null;
  }
  const name = /^<([\p{L}_][\p{L}\p{N}_.:-]*)(?=[\s/>]|$)/u.exec(head.slice(at, at + 200))?.[1];
  return name === undefined ? null : name.slice(name.indexOf(':') + 1);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return at;
}

/** Where the declaration, comment or DOCTYPE at `at` ends: -1 where it does not, undefined where none begins. */
function miscEnd(head: string, at: number): number | undefined {
  const after = (mark: string, from: number): number => {
    const found = head.indexOf(mark, from);
    return found < 0 ? -1 : found + mark.length;
  };
  if (head.startsWith('<?', at)) return after('?>', at);
  if (head.startsWith('<!--', at)) return after('-->', at);
  if (!head.startsWith('<!', at)) return undefined;
  const close = head.indexOf('>', at);
  if (close < 0) return -1;
  const subset = head.slice(at, close).indexOf('[');
  if (subset < 0) return close + 1;
  const subsetEnd = after(']', at + subset);
  return subsetEnd < 0 ? -1 : after('>', subsetEnd);
}
