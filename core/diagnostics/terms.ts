import type { Range } from '../source/position.js';
import type { Diagnostic, Related } from './diagnostic.js';

interface Where {
  readonly file: string;
  readonly range: Range;
}

/** Faults of words in dictionaries. */
export function badTerm(where: Where, term: string, problem: string): Diagnostic {
  return {
    code: 'bad-term',
    severity: 'error',
    message: `the term \`${term}\` ${problem}`,
    ...where,
    help: problem.includes('closed')
      ? 'close it; in YAML ` #` begins a comment, so that a term with a `#` needs quotes'
      : 'alternatives are written `(a|b)`, an ending `*itis`; a literal `|` cannot be matched',
  };
}

/** One term under two values that compete: which one wins would hang on their names. */
export function ambiguousTerm(
  where: Where,
  text: string,
  value: string,
  other: string,
  first: Related,
  generated: boolean,
): Diagnostic {
  return {
    code: 'ambiguous-term',
    severity: generated ? 'warning' : 'error',
    message: `\`${text}\` stands for \`${value}\` and for \`${other}\`, with equal priority`,
    ...where,
    help: 'take it out of one, or give one of them a `priority` or a `context`',
    related: [first],
  };
}

/** A term that another one beats wherever it stands. */
export function shadowedTerm(where: Where, text: string, value: string, by: string, first: Related): Diagnostic {
  return {
    code: 'shadowed-term',
    severity: 'warning',
    message: `\`${text}\` never stands for \`${value}\`: \`${by}\` has it with a higher priority`,
    ...where,
    help: 'take it out, or give it a `context`',
    related: [first],
  };
}

export function repeatedTerm(where: Where, text: string, value: string, first: Related): Diagnostic {
  return {
    code: 'repeated-term',
    severity: 'warning',
    message: `\`${text}\` stands twice under \`${value}\``,
    ...where,
    help: 'take one out; case, diacritics, hyphens and white space do not tell terms apart',
    related: [first],
  };
}
