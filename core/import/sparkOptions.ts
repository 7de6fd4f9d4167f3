import type { ImportNote } from './packFiles.js';

/** Options of the annotator that a rule was used with; they change what the rule means. */
export interface SparkNlpOptions {
  /** Id of the pack. Default: the entity. */
  readonly id?: string;
  readonly caseSensitive?: boolean;
  readonly prefixAndSuffixMatch?: boolean;
  readonly optionalContextRules?: boolean;
  readonly completeContextMatch?: boolean;
  readonly shortestContextMatch?: boolean;
  readonly doExceptionHandling?: boolean;
  /** Default: `horizontal`, unless no row has a word. */
  readonly orientation?: 'horizontal' | 'vertical';
  /** Between the cells of the dictionary. Default: tab, or a comma where no line has one. */
  readonly delimiter?: string;
  /** The rule was run on whole documents, not on sentences. */
  readonly wholeDocument?: boolean;
  /** Java pattern of a RegexTokenizer that the rule was used with. */
  readonly tokenizerPattern?: string;
}

/** What of the options has no counterpart in a pack. */
export function optionNotes(options: SparkNlpOptions): ImportNote[] {
  const notes: ImportNote[] = [];
  if (options.shortestContextMatch) {
    notes.push({ kind: 'lost', what: 'shortestContextMatch', why: 'the nearest cue always counts' });
  }
  if (options.doExceptionHandling) {
    notes.push({
      kind: 'lost',
      what: 'doExceptionHandling',
      why: 'a caption that fails goes to the rejects, and the pass goes on',
    });
  }
  if (options.tokenizerPattern !== undefined) {
    notes.push({
      kind: 'lost',
      what: 'tokenizerPattern',
      why: 'a pack has the tokens of the engine; `legenda/contextual-parser` takes the pattern',
    });
  }
  return notes;
}
