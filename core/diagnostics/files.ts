import type { Range } from '../source/position.js';
import type { ReadProblem } from '../source/read.js';
import type { YamlProblem } from '../source/source.js';
import type { Diagnostic } from './diagnostic.js';
import { didYouMean } from './nearest.js';

/** Faults of files as such: not there, not text, not YAML. */
export function yamlSyntax(file: string, problem: YamlProblem, breaks: readonly string[]): Diagnostic {
  return {
    code: 'yaml-syntax',
    severity: 'error',
    message: `this is no YAML: ${problem.reason}`,
    file,
    range: problem.range,
    help: HINTS.find(([reason]) => problem.reason.includes(reason))?.[1] ?? 'nothing after this place was read',
    breaks,
  };
}

const HINTS: readonly (readonly [string, string])[] = [
  ['duplicated mapping key', 'a key stands once in a map: merge the two'],
  ['bad indentation', 'check the indentation; a text with `: ` or ` #` in it needs quotes'],
  ['deficient indentation', 'a bracket or quote is not closed, or a line is not indented enough'],
  ['unidentified alias', 'a text that begins with `*` needs quotes'],
  ['end of the stream', 'check the indentation; a text that begins with `@`, a backquote, `%` or a tab needs quotes'],
];

export function unreadable(file: string, problem: ReadProblem, breaks: readonly string[]): Diagnostic {
  return {
    code: 'unreadable-file',
    severity: 'error',
    message: problem === 'not UTF-8' ? 'the file is not UTF-8' : `the file cannot be read: it is ${problem}`,
    file,
    ...(problem === 'not UTF-8' ? { help: 'save it as UTF-8' } : {}),
    breaks,
  };
}

export function missingFile(
  where: { readonly file: string; readonly range: Range },
  key: string,
  name: string,
  siblings: readonly string[],
  breaks: readonly string[],
): Diagnostic {
  return {
    code: 'missing-file',
    severity: 'error',
    message: `\`${name}\` in \`${key}\` is no file`,
    ...where,
    help: didYouMean(name, siblings) ?? 'paths are relative to the pack file',
    breaks,
  };
}

export function emptyGlob(
  where: { readonly file: string; readonly range: Range },
  key: string,
  glob: string,
): Diagnostic {
  return {
    code: 'empty-glob',
    severity: 'warning',
    message: `\`${glob}\` in \`${key}\` fits no file`,
    ...where,
    help: 'paths are relative to the pack file; where there are none of them, take the line out',
  };
}

export function unknownKind(file: string): Diagnostic {
  return {
    code: 'unknown-kind',
    severity: 'error',
    message: 'the file is neither dictionary nor rules, morphology or taxonomy',
    file,
    range: { line: 1, col: 1, endLine: 1, endCol: 1 },
    help: 'its top key tells: `entity` or `lexicon` with `values`, `rules`, `morphology`, `taxonomy`',
  };
}
