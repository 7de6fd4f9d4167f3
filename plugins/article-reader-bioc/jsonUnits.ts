/** A parsed document, and the `source` of the collection it stands in. */
export interface JsonUnit {
  readonly value: unknown;
  readonly source: string | null;
}

/** Deeper nesting is no BioC: collection, documents, passages, sentences, annotations, locations. */
const MAX_DEPTH = 64;
const MAX_UNIT = 128 << 20;

/**
 * The documents of BioC JSON, parsed one at a time, so that a collection of any size passes in the memory of one
 * document. Takes what the services send: a collection, a list of collections, a document, a list of documents, or
 * several of these one after another. The elements of an array named `documents` are units; so is an object outside
 * of one that has none.
 *
 * @throws Error with one sentence where the JSON is cut off, malformed or too deep
 */
export async function* jsonUnits(text: AsyncIterable<string>): AsyncGenerator<JsonUnit> {
  const scan = new Scan();
  for await (const chunk of text) {
    scan.write(chunk);
    yield* scan.ready.splice(0);
  }
  scan.end();
  yield* scan.ready.splice(0);
}

const BACKSLASH = 0x5c;
const STRUCTURE = /["[\]{}]|[^\s,:["\]{}]/g;

class Scan {
  readonly ready: JsonUnit[] = [];
  private readonly stack: ('{' | '[')[] = [];
  private buffer = '';
  private at = 0;
  /** Where the unit that is being read begins in the buffer, -1 outside of one, and the depth around it. */
  private start = -1;
  private around = 0;
  /** Depth of the array of documents that is open, 0 for none. */
  private documents = 0;
  private source: string | null = null;
  private lastString = '';
  private seen = false;

  write(chunk: string): void {
    this.buffer += chunk;
    this.scan();
    const keep = this.start >= 0 ? this.start : this.at;
    this.buffer = this.buffer.slice(keep);
    this.at -= keep;
    if (this.start >= 0) this.start = 0;
    if (this.buffer.length > MAX_UNIT) throw new Error(`One document has more than ${MAX_UNIT} characters.`);
  }

  end(): void {
    if (this.stack.length > 0 || this.start >= 0) throw new Error('The JSON is cut off: it ends inside a document.');
    if (this.buffer.slice(this.at).trim() !== '') throw new Error('The JSON is cut off.');
    if (!this.seen) throw new Error('The file is empty.');
  }

  private scan(): void {
    const { stack } = this;
    for (;;) {
      STRUCTURE.lastIndex = this.at;
      const found = STRUCTURE.exec(this.buffer);
      if (!found) {
        this.at = this.buffer.length;
        return;
      }
      const i = found.index;
      const mark = found[0];
      this.seen = true;
      if (mark === '"') {
        const close = this.stringEnd(i + 1);
        if (close < 0) {
          this.at = i;
          return;
        }
        this.lastString = close - i < 24 ? this.buffer.slice(i + 1, close) : '';
        this.at = close + 1;
        continue;
      }
      this.at = i + 1;
      if (mark === '{' || mark === '[') this.opened(mark, i);
      else if (mark === '}' || mark === ']') this.closed(mark);
      else if (stack.length === 0) throw new Error('The file is not JSON.');
    }
  }

  private opened(mark: '{' | '[', i: number): void {
    const { stack } = this;
    if (stack.length >= MAX_DEPTH)
      throw new Error(`The JSON is nested more than ${MAX_DEPTH} deep, which BioC is not.`);
    if (this.documents > 0) {
      if (this.start < 0 && stack.length === this.documents) this.begin(i);
    } else if (
      mark === '[' &&
      this.lastString === 'documents' &&
      stack.length === this.around + 1 &&
      stack[this.around] === '{'
    ) {
      this.documents = stack.length + 1;
      // What the object has said so far is the collection's; it is no unit itself.
      this.source = /"source"\s*:\s*"([^"]{0,100})"/.exec(this.buffer.slice(this.start, i))?.[1] ?? null;
      this.start = -1;
    } else if (mark === '{' && !stack.includes('{')) {
      this.source = null;
      this.begin(i);
    }
    this.lastString = '';
    stack.push(mark);
  }

  private begin(i: number): void {
    this.start = i;
    this.around = this.stack.length;
  }

  private closed(mark: '}' | ']'): void {
    const { stack } = this;
    const opened = stack.pop();
    if ((opened === '{') !== (mark === '}') || opened === undefined) {
      throw new Error(`The JSON is malformed: an unexpected “${mark}”.`);
    }
    if (this.documents > 0 && stack.length === this.documents - 1) {
      this.documents = 0;
      this.around = stack.indexOf('{');
    } else if (this.start >= 0 && stack.length === this.around) {
      this.ready.push({ value: parsed(this.buffer.slice(this.start, this.at)), source: this.source });
      this.start = -1;
    }
    this.lastString = '';
  }

  /** Index of the quote that ends the string, or -1 where it has not come yet. */
  private stringEnd(from: number): number {
    for (let at = this.buffer.indexOf('"', from); at >= 0; at = this.buffer.indexOf('"', at + 1)) {
      let slashes = 0;
      while (this.buffer.charCodeAt(at - 1 - slashes) === BACKSLASH && at - 1 - slashes >= from) slashes++;
      if (slashes % 2 === 0) return at;
    }
    return -1;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error(`The JSON is malformed: ${(error as Error).message.replace(/\.$/, '')}.`);
  }
}
