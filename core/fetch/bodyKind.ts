import type { HttpRequest } from '../plugin/contract.js';

/** What the first bytes of a body say it is. */
export type BodyKind = 'html' | 'xml' | 'json' | 'image' | 'zip' | 'empty' | 'other';

const STARTS: readonly (readonly [BodyKind, readonly number[]])[] = [
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0x47, 0x49, 0x46, 0x38]],
  ['image', [0x49, 0x49, 0x2a, 0x00]],
  ['image', [0x4d, 0x4d, 0x00, 0x2a]],
  ['image', [0x42, 0x4d]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
];

/** Tells a body by its beginning (512 bytes suffice), whatever its Content-Type says. */
export function bodyKind(head: Uint8Array): BodyKind {
  if (head.length === 0) return 'empty';
  for (const [kind, start] of STARTS) if (start.every((byte, i) => head[i] === byte)) return kind;
  const ascii = (from: number, to: number): string => String.fromCharCode(...head.subarray(from, to));
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image';
  if (ascii(4, 8) === 'ftyp') return 'image';
  const text = new TextDecoder().decode(head.subarray(0, 512)).replace(/^[\uFEFF\s]+/, '');
  if (text === '') return 'empty';
  if (/^<!doctype\s+html\b|^<html\b|^<\?xml[^>]*>\s*<!doctype\s+html\b/i.test(text)) return 'html';
  if (text.startsWith('<svg') || /^<\?xml[^>]*>[^<]*<svg\b/.test(text)) return 'image';
  if (text.startsWith('<')) return 'xml';
  return /^[[{]/.test(text) ? 'json' : 'other';
}

/** Whether a body of a kind can be what a request expects. */
export function isExpected(expect: HttpRequest['expect'], kind: BodyKind): boolean {
  if (expect === 'bytes') return kind !== 'html' && kind !== 'empty';
  if (expect === 'text') return kind !== 'html';
  return kind === expect;
}

/**
 * Whether a picture ends where its format says: a body that was cut by a wrong Content-Length looks whole to HTTP.
 * Formats without an end mark are taken as they are. `tail` is the end of the file, up to 4096 bytes.
 */
export function endsAsItShould(head: Uint8Array, tail: Uint8Array): boolean {
  const end = Buffer.from(tail.buffer, tail.byteOffset, tail.length);
  // Cameras and publishers append to JPEG files, so that the mark is somewhere near the end.
  if (head[0] === 0xff && head[1] === 0xd8) return end.includes(Buffer.from([0xff, 0xd9]));
  if (head[0] === 0x89 && head[1] === 0x50) return end.includes('IEND');
  if (head[0] === 0x47 && head[1] === 0x49) return end.includes(0x3b);
  return true;
}
