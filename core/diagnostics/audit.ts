import type { Range } from '../source/position.js';
import type { Diagnostic } from './diagnostic.js';

interface Where {
  readonly file: string;
  readonly range: Range;
}

/** Findings of an audit: none of them is an error, since a corpus need not hold everything. */
export function neverFires(where: Where, id: string, captions: number, refused: number): Diagnostic {
  return {
    code: 'never-fires',
    severity: 'warning',
    message: `\`${id}\` fires in none of ${captions} captions`,
    ...where,
    help:
      refused > 0
        ? `its words stand there ${refused} times, but a context or an exception turns them away`
        : 'its words do not stand there',
  };
}

export function alwaysShadowed(
  where: Where,
  id: string,
  by: readonly (readonly [id: string, times: number])[],
): Diagnostic {
  const all = by.map(([winner, times]) => `\`${winner}\` (${times})`).join(', ');
  return {
    code: 'always-shadowed',
    severity: 'warning',
    message: `\`${id}\` never wins: ${all} ${by.length === 1 ? 'takes' : 'take'} its place`,
    ...where,
    help: 'give it a higher `priority` or longer terms, or take it out',
  };
}

export function ordinaryWord(where: Where, term: string, id: string, captions: number, why: string): Diagnostic {
  return {
    code: 'ordinary-word',
    severity: 'warning',
    message: `\`${term}\` of \`${id}\` is an ordinary word (${why}; in ${captions} captions)`,
    ...where,
    help: 'match it by exact case, give it a context, or make the term longer',
  };
}
