import { Emitter, type EmitOptions } from './emit.js';
import { parseJavaRegex } from './parse.js';
import { JavaRegexError, type Node } from './syntax.js';

export { JavaRegexError };
export type { EmitOptions } from './emit.js';

/** A Java pattern in JavaScript: `new RegExp(source, flags)`. */
export interface TranslatedRegex {
  readonly source: string;
  /** `u`, and `i` where the whole pattern ignores case. */
  readonly flags: string;
}

/**
 * Translates a regular expression of Java, which Spark NLP's rules are written in, to JavaScript: inline flags, quotations, possessive
 * quantifiers, atomic groups, nested classes and intersections, POSIX and Unicode classes, `\h \v \R \A \Z \z` and so on.
 * `\b`, `\w` and `\d` are those of ASCII; `\s` is JavaScript's, which also takes the no-break space.
 *
 * @param options what the pattern is for, where it is not used as it stands
 * @throws JavaRegexError on a pattern that is wrong or cannot be translated
 */
export function translateJavaRegex(pattern: string, options: EmitOptions = {}): TranslatedRegex {
  const { body } = parseJavaRegex(pattern);
  const folds = { yes: false, no: false };
  note(body, folds);
  const wholly = options.cases !== 'spelled' && folds.yes && !folds.no;
  const source = new Emitter(pattern, { ...options, cases: wholly ? 'flag' : 'spelled' }).emit(body);
  return { source, flags: wholly ? 'iu' : 'u' };
}

/** A Java pattern as a RegExp. `flags` are added to those that the pattern asks for. */
export function javaRegex(pattern: string, flags = ''): RegExp {
  const translated = translateJavaRegex(pattern);
  const all = [...new Set(translated.flags + flags)].join('');
  try {
    return new RegExp(translated.source, all);
  } catch (error) {
    throw new JavaRegexError(error instanceof Error ? error.message : String(error), pattern, 0);
  }
}

function note(body: readonly Node[][], folds: { yes: boolean; no: boolean }): void {
  for (const node of body.flat()) noteOne(node, folds);
}

function noteOne(node: Node, folds: { yes: boolean; no: boolean }): void {
  if (node.kind === 'repeat') noteOne(node.body, folds);
  else if (node.kind === 'group' || node.kind === 'atomic') note(node.body, folds);
  else if (node.kind === 'class' || (node.kind === 'character' && isLetter(node.code)))
    folds[node.fold ? 'yes' : 'no'] = true;
}

const isLetter = (code: number): boolean => /\p{L}/u.test(String.fromCodePoint(code));
