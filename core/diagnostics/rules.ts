import type { Range } from '../source/position.js';
import type { Diagnostic } from './diagnostic.js';

interface Where {
  readonly file: string;
  readonly range: Range;
}

/** Faults of rules, their regexes and their tests. */
export function badRegex(where: Where, rule: string, reason: string): Diagnostic {
  return {
    code: 'bad-regex',
    severity: 'error',
    message: `the regex of \`${rule}\` is wrong: ${reason}`,
    ...where,
    help: 'it is read in Unicode mode (flag `u`): only characters that mean something may follow a backslash',
  };
}

/** `attack` is a JavaScript expression of a text on which the regex takes for ever. */
export function dangerousRegex(where: Where, rule: string, complexity: string, attack: string): Diagnostic {
  return {
    code: 'dangerous-regex',
    severity: 'error',
    message: `the regex of \`${rule}\` takes ${complexity} time on ${attack}`,
    ...where,
    help: 'let no two repeats compete for the same characters: `(a+)+` is `a+`, and bound what repeats, as in `\\d{1,4}`',
  };
}

export function uncheckedRegex(where: Where, rule: string, reason: string): Diagnostic {
  return {
    code: 'unchecked-regex',
    severity: 'warning',
    message: `whether the regex of \`${rule}\` is safe could not be found out: ${reason}`,
    ...where,
    help: 'make it simpler, or split it into several rules',
  };
}

export function unanchoredRegex(where: Where, rule: string): Diagnostic {
  return {
    code: 'unanchored-regex',
    severity: 'error',
    message: `no literal word can be told that every match of \`${rule}\` holds`,
    ...where,
    help: 'name words of which one must be in the text: `anchors: [mm, cm]`, or `anchors: ["#"]` for any number',
  };
}

export function untestedRule(where: Where, rule: string, folder: string): Diagnostic {
  return {
    code: 'untested-rule',
    severity: 'error',
    message: `the rule \`${rule}\` has no test case`,
    ...where,
    help: `add a case with \`rule: ${rule}\` or with what the rule gives to a \`*.test.yaml\` in ${folder}`,
    needs: ['tests'],
  };
}

export function badCase(where: Where, problem: string): Diagnostic {
  return {
    code: 'bad-case',
    severity: 'error',
    message: `the case is not well marked: ${problem}`,
    ...where,
    help: 'a span is written `[CT]{modality=ct}`, with an assertion `[mass]{finding=mass!absent}`; a literal bracket `\\[`',
  };
}

export function missingModeline(where: Where, modeline: string): Diagnostic {
  return {
    code: 'missing-modeline',
    severity: 'warning',
    message: 'the file does not begin with its schema, so that editors cannot help',
    ...where,
    help: `begin it with \`${modeline}\``,
  };
}

export function cyclicClasses(where: Where, cycle: readonly string[]): Diagnostic {
  return {
    code: 'cyclic-classes',
    severity: 'error',
    message: `classes are above each other in a circle: ${cycle.join(' → ')}`,
    ...where,
    help: 'take one `parent` out',
  };
}
