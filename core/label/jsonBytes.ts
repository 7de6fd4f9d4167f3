const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SHORT = 24;
const encoder = new TextEncoder();

/** A piece of JSON as UTF-8, made once and copied often. */
export const fragment = (json: string): Uint8Array => encoder.encode(json);

/**
 * JSON text that grows as UTF-8 bytes. Strings that are put together piece by piece have to be flattened and encoded in the
 * end; bytes are ready when the last one is written.
 */
export class JsonBytes {
  private bytes: Uint8Array = new Uint8Array(1 << 14);
  private at = 0;

  /** What has been written since the last `clear`; valid until the next write. */
  get view(): Uint8Array {
    return this.bytes.subarray(0, this.at);
  }

  clear(): void {
    this.at = 0;
  }

  /** JSON that was encoded before. */
  put(json: Uint8Array): void {
    const { length } = json;
    this.reserve(length);
    const { bytes } = this;
    // The call that copies a stretch costs more than a few bytes do.
    if (length > SHORT) bytes.set(json, this.at);
    else for (let i = 0, at = this.at; i < length; i++) bytes[at + i] = json[i];
    this.at += length;
  }

  /** JSON text: nothing in it is escaped. */
  raw(json: string): void {
    this.encode(json, 0, json.length, false);
  }

  /** A whole number, not negative. */
  integer(value: number): void {
    this.reserve(16);
    if (value < 10) {
      this.bytes[this.at++] = 48 + value;
      return;
    }
    let end = this.at;
    for (let left = value; left > 0; left = Math.floor(left / 10)) end++;
    for (let i = end - 1, left = value; i >= this.at; i--, left = Math.floor(left / 10))
      this.bytes[i] = 48 + (left % 10);
    this.at = end;
  }

  /** `text[start..end)` in quotation marks, as `JSON.stringify` writes it. */
  string(text: string, start = 0, end = text.length): void {
    this.reserve(1);
    this.bytes[this.at++] = QUOTE;
    this.encode(text, start, end, true);
    this.reserve(1);
    this.bytes[this.at++] = QUOTE;
  }

  private encode(text: string, start: number, end: number, escaped: boolean): void {
    // A code unit takes at most three bytes, an escape six.
    this.reserve((end - start) * (escaped ? 6 : 3));
    const { bytes } = this;
    let at = this.at;
    for (let i = start; i < end; i++) {
      const c = text.charCodeAt(i);
      if (c < 0x80) {
        if (escaped && (c < 0x20 || c === QUOTE || c === BACKSLASH)) at = this.ascii(ESCAPES[c], at);
        else bytes[at++] = c;
      } else if (c < 0x800) {
        bytes[at++] = 0xc0 | (c >> 6);
        bytes[at++] = 0x80 | (c & 63);
      } else if (c < 0xd800 || c > 0xdfff) {
        bytes[at++] = 0xe0 | (c >> 12);
        bytes[at++] = 0x80 | ((c >> 6) & 63);
        bytes[at++] = 0x80 | (c & 63);
      } else {
        const next = c < 0xdc00 && i + 1 < end ? text.charCodeAt(i + 1) : 0;
        if (next >= 0xdc00 && next < 0xe000) {
          const point = 0x10000 + ((c - 0xd800) << 10) + (next - 0xdc00);
          bytes[at++] = 0xf0 | (point >> 18);
          bytes[at++] = 0x80 | ((point >> 12) & 63);
          bytes[at++] = 0x80 | ((point >> 6) & 63);
          bytes[at++] = 0x80 | (point & 63);
          i++;
        } else at = this.ascii(`\\u${c.toString(16)}`, at);
      }
    }
    this.at = at;
  }

  private ascii(text: string, at: number): number {
    for (let i = 0; i < text.length; i++) this.bytes[at + i] = text.charCodeAt(i);
    return at + text.length;
  }

  private reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const wider = new Uint8Array(Math.max(this.bytes.length * 2, this.at + more));
    wider.set(this.bytes.subarray(0, this.at));
    this.bytes = wider;
  }
}

/** How JSON writes each character below 128 that it does not write as it is. */
const ESCAPES = Array.from({ length: 128 }, (_, c) => JSON.stringify(String.fromCharCode(c)).slice(1, -1));
