/** A Java regular expression as a tree. Flags are already applied: each node says itself what they mean for it. */
export type Node =
  | { readonly kind: 'character'; readonly code: number; readonly fold: boolean }
  | { readonly kind: 'class'; readonly set: CharacterSet; readonly fold: boolean }
  /** Source that is the same in JavaScript, of one character or of no width. */
  | { readonly kind: 'verbatim'; readonly source: string; readonly width: 0 | 1 }
  | { readonly kind: 'group'; readonly open: string; readonly capture: number | null; readonly body: readonly Node[][] }
  /** `(?>…)` and possessive quantifiers: what has matched is not given back. */
  | { readonly kind: 'atomic'; readonly body: readonly Node[][] }
  | { readonly kind: 'repeat'; readonly body: Node; readonly quantifier: string }
  | { readonly kind: 'reference'; readonly to: number };

/** The inside of square brackets. `and` holds the right sides of `&&`. */
export interface CharacterSet {
  readonly negated: boolean;
  readonly items: readonly SetItem[];
  readonly and: readonly CharacterSet[];
}
export type SetItem =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  /** Source that may stand between square brackets, such as `\d` or `\p{L}`. */
  | { readonly kind: 'source'; readonly source: string }
  | { readonly kind: 'set'; readonly set: CharacterSet };

/** A pattern that Java would refuse, or that cannot be said in JavaScript. */
export class JavaRegexError extends Error {
  override readonly name = 'JavaRegexError';
  constructor(
    message: string,
    readonly pattern: string,
    /** UTF-16 offset into the pattern. */
    readonly at: number,
  ) {
    super(`${message} at character ${at + 1} of the regular expression ${pattern}`);
  }
}
