/**
 * The characters of a file, from its bytes in pieces. The encoding is the byte order mark's, else the XML
 * declaration's, else UTF-8. Bytes that are not of that encoding are an error: text that is quietly garbled is worse
 * than text that is refused.
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: Decoder | undefined;
  let label = '';
  let check: Utf8Evidence | undefined;
  let head: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (!decoder) {
      head = head.length === 0 ? chunk : joined(head, chunk);
      if (head.length < HEAD && !head.includes(0x3e)) continue;
      label = encodingOf(head);
      decoder = decoderFor(label);
      if (SINGLE_BYTE.test(decoder.encoding)) check = new Utf8Evidence();
      bytes = head;
    }
    check?.see(bytes);
    yield decoded(decoder, bytes, true, label);
    if (check?.convincing) throw new Error(`The file declares the encoding ${label}, but its bytes are UTF-8.`);
  }
  if (!decoder) {
    if (head.length === 0) return;
    label = encodingOf(head);
    decoder = decoderFor(label);
    yield decoded(decoder, head, true, label);
  }
  yield decoded(decoder, new Uint8Array(0), false, label);
}

/** The encoding a file that begins with `head` says it has; `utf-8` where it says nothing. */
export function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0x3c && head[1] === 0 && head[3] === 0) return 'utf-16le';
  if (head[0] === 0 && head[1] === 0x3c && head[2] === 0) return 'utf-16be';
  const start = String.fromCharCode(...head.subarray(0, HEAD));
  const declared = /^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"']+)["']/.exec(start)?.[1];
  if (declared === undefined) return 'utf-8';
  if (/^(utf-?16|ucs-?[24]|utf-?32|iso-10646-ucs)/i.test(declared)) {
    throw new Error(`The file declares the encoding ${declared}, but its bytes are of another one.`);
  }
  return declared;
}

const HEAD = 512;
const SINGLE_BYTE = /^(iso-8859|windows-|macintosh|koi8|ibm866|x-mac)/;

type Decoder = InstanceType<typeof TextDecoder>;

function decoderFor(label: string): Decoder {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    throw new Error(`The file declares the encoding ${label}, which is not known.`);
  }
}

function decoded(decoder: Decoder, bytes: Uint8Array, stream: boolean, label: string): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch {
    const name = label.toUpperCase();
    throw new Error(
      stream
        ? `The file should be ${name}, but some of its bytes are not: perhaps its encoding is declared wrongly.`
        : `The file is cut off: it ends inside a character of ${name}.`,
    );
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Tells UTF-8 from a single-byte encoding: in text of the latter, high bytes rarely stand as UTF-8 sequences. */
class Utf8Evidence {
  private sequences = 0;
  private strays = 0;
  private expected = 0;

  see(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.expected > 0) {
        if (byte >> 6 === 2) {
          if (--this.expected === 0) this.sequences++;
          continue;
        }
        this.strays++;
        this.expected = 0;
      }
      if (byte < 0x80) continue;
      if (byte >> 5 === 6) this.expected = 1;
      else if (byte >> 4 === 14) this.expected = 2;
      else if (byte >> 3 === 30) this.expected = 3;
      else this.strays++;
    }
  }

  get convincing(): boolean {
    return this.sequences > 0 && this.strays === 0;
  }
}
