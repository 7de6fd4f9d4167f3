import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { decodeText } from './decode.js';
import { NAMED_CHARACTERS } from './entities.js';
import type { XmlElement, XmlNode } from './xmlTree.js';

export interface XmlUnit {
  readonly element: XmlElement;
  /** Short texts of elements outside any unit, by name: a collection's `source`, an OAI `identifier`. */
  readonly outer: ReadonlyMap<string, string>;
}

export interface UnitOptions {
  /** Elements that are read as a whole, one at a time. */
  readonly units: ReadonlySet<string>;
  /** Elements inside a unit that nobody needs; their content is never kept. */
  readonly skip: ReadonlySet<string>;
}

/** Deeper nesting is no article: MathML, the deepest thing in one, stays below 60. */
const MAX_DEPTH = 256;
/** Characters of one unit. The largest articles, with their tables, have some 30 million. */
const MAX_UNIT = 128 << 20;
const MAX_OUTER = 64;

/**
 * The units of an XML file, one at a time; only one is in memory. Several roots may follow one another, each with
 * its own declaration and DOCTYPE. Nothing outside the file is ever read: a DTD is ignored, a file that declares
 * entities is refused, and of named entities only those of HTML (which hold the ISO sets of the JATS DTDs) are known.
 *
 * @throws Error with one sentence: not well-formed (with line and column), cut off, too deep, too large, wrong encoding
 */
export async function* xmlUnits(chunks: AsyncIterable<Uint8Array>, options: UnitOptions): AsyncGenerator<XmlUnit> {
  const reader = new UnitReader(options);
  for await (const text of decodeText(chunks)) {
    reader.write(text);
    yield* reader.take();
  }
  reader.end();
}

interface OpenElement extends XmlElement {
  readonly children: XmlNode[];
}

/** Thrown out of the parser when a root closes: what follows is for a fresh one. */
const ROOT_CLOSED = Symbol('root closed');

class UnitReader {
  private parser: SaxesParser;
  private readonly ready: XmlUnit[] = [];
  /** Open elements of the unit that is being read. */
  private open: OpenElement[] = [];
  private path: string[] = [];
  private outer = new Map<string, string>();
  /** Depth at which a skipped element began, 0 outside of one. */
  private skipFrom = 0;
  private sawRoot = false;
  private roots = 0;
  private units = 0;
  private firstRoot = '';
  private carry = '';
  private current = '';
  /** Characters that the present parser was given before `current`. */
  private given = 0;
  private sinceUnit = 0;
  private line = 1;
  /** Characters since the last line end. */
  private column = 0;
  private readonly names = new Map<string, string>();

  constructor(private readonly options: UnitOptions) {
    this.parser = this.fresh();
  }

  /** The units that have been completed since the last call. */
  take(): XmlUnit[] {
    return this.ready.splice(0);
  }

  write(chunk: string): void {
    let text = this.carry + chunk;
    this.carry = '';
    // The parser would keep these back itself, and then its position could not be told.
    const last = text.charCodeAt(text.length - 1);
    if (last === 0x0d || (last >= 0xd800 && last <= 0xdbff)) {
      this.carry = text.slice(-1);
      text = text.slice(0, -1);
    }
    while (text.length > 0) {
      if (this.given === 0) {
        const trimmed = text.replace(/^[\uFEFF\s]+/, '');
        this.countLines(text, text.length - trimmed.length);
        text = trimmed;
        if (text.length === 0) return;
      }
      this.current = text;
      if (!this.feed(text)) {
        this.countLines(text, text.length);
        this.given += text.length;
        this.sinceUnit += text.length;
        if (this.sinceUnit > MAX_UNIT) {
          throw new Error(`One article has more than ${MAX_UNIT} characters, which no article has.`);
        }
        return;
      }
      const used = this.parser.position - this.given;
      this.countLines(text, used);
      text = text.slice(used);
      this.parser = this.fresh();
    }
  }

  end(): void {
    if (this.path.length > 0) {
      throw new Error(`The file is cut off: it ends inside <${this.path[this.path.length - 1]}>.`);
    }
    if (this.given > 0) {
      // Comments and white space may follow the last root; anything else is told by the parser.
      if (this.roots === 0 || this.sawRoot) this.parser.close();
    }
    if (this.units > 0) return;
    if (this.roots === 0) throw new Error('The file is empty.');
    const error = this.outer.get('error');
    const wanted = [...this.options.units].map((name) => `<${name}>`).join(' or ');
    throw new Error(
      `The file has the root element <${this.firstRoot}> and no ${wanted} in it${error ? `: ${error}` : ''}.`,
    );
  }

  /** Whether a root closed inside `text`. */
  private feed(text: string): boolean {
    try {
      this.parser.write(text);
      return false;
    } catch (thrown) {
      if (thrown === ROOT_CLOSED) return true;
      throw thrown;
    }
  }

  private fresh(): SaxesParser {
    const parser = new SaxesParser({ xmlns: false, position: false });
    parser.ENTITIES = NAMED_CHARACTERS;
    parser.on('opentag', (tag) => this.opened(tag));
    parser.on('closetag', () => this.closed());
    parser.on('text', (text) => this.text(text));
    parser.on('cdata', (text) => this.text(text));
    parser.on('doctype', (doctype) => refuseEntities(doctype));
    parser.on('error', (error) => {
      throw this.notWellFormed(error.message);
    });
    this.given = 0;
    this.sawRoot = false;
    this.current = '';
    return parser;
  }

  private localName(name: string): string {
    let local = this.names.get(name);
    if (local === undefined) {
      local = name.slice(name.indexOf(':') + 1);
      if (this.names.size < 5000) this.names.set(name, local);
    }
    return local;
  }

  private opened(tag: SaxesTagPlain): void {
    const name = this.localName(tag.name);
    if (this.path.length === 0) {
      this.sawRoot = true;
      this.roots++;
      this.firstRoot ||= name;
    }
    this.path.push(name);
    if (this.path.length > MAX_DEPTH) {
      throw new Error(`Elements are nested more than ${MAX_DEPTH} deep, which no article does.`);
    }
    if (this.skipFrom > 0) return;
    const { open } = this;
    if (open.length > 0) {
      if (this.options.skip.has(name)) {
        this.skipFrom = this.path.length;
        return;
      }
    } else if (!this.options.units.has(name)) return;
    const element: OpenElement = { name, attributes: tag.attributes, children: [] };
    if (open.length > 0) open[open.length - 1].children.push(element);
    open.push(element);
  }

  private closed(): void {
    const depth = this.path.length;
    this.path.pop();
    if (this.skipFrom > 0) {
      if (this.skipFrom === depth) this.skipFrom = 0;
    } else if (this.open.length > 0) {
      const element = this.open.pop()!;
      if (this.open.length === 0) {
        this.ready.push({ element, outer: this.outer });
        this.units++;
        this.sinceUnit = 0;
        // What stands between this unit and the next belongs to the next.
        this.outer = new Map(this.outer);
      }
    }
    if (depth === 1) throw ROOT_CLOSED;
  }

  private text(text: string): void {
    if (this.skipFrom > 0) return;
    if (this.open.length > 0) {
      this.open[this.open.length - 1].children.push(text);
      return;
    }
    const name = this.path[this.path.length - 1];
    if (name === undefined || text.length > 300 || text.trim() === '') return;
    if (this.outer.size < MAX_OUTER || this.outer.has(name)) this.outer.set(name, text.trim());
  }

  private countLines(text: string, end: number): void {
    const newline = end === 0 ? -1 : text.lastIndexOf('\n', end - 1);
    for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) this.line++;
    this.column = newline >= 0 ? end - newline - 1 : this.column + end;
  }

  private notWellFormed(message: string): Error {
    this.countLines(this.current, Math.max(0, this.parser.position - this.given));
    const what = message.replace(/\.$/, '');
    return new Error(`The XML is not well-formed at line ${this.line}, column ${this.column}: ${what}.`);
  }
}

/** Unparsed (NDATA) entities only name picture files and are never resolved; every other declaration is refused. */
function refuseEntities(doctype: string): void {
  for (const declaration of doctype.match(/<!ENTITY[^>]*/g) ?? []) {
    if (/\sNDATA\s/.test(declaration)) continue;
    throw new Error(
      'The file declares entities of its own, which are refused: they can fetch files or grow without end.',
    );
  }
}
