import type { Range } from '../source/position.js';
import type { Diagnostic } from './diagnostic.js';

interface Where {
  readonly file: string;
  readonly range: Range;
}

/** Failed cases of packs. `name` is the outcome's (`wrong value`); it gives the code (`test-wrong-value`). */
export function failedCase(
  where: Where,
  name: string,
  text: string,
  expected?: string,
  found?: string,
  by?: string,
): Diagnostic {
  const help = [
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(found === undefined ? [] : [`found ${found}${by === undefined ? '' : ` by ${by}`}`]),
  ].join('; ');
  return {
    code: `test-${name.replaceAll(' ', '-')}`,
    severity: 'error',
    message: name === 'stale todo' ? `the todo passes: make it a \`text\` case` : `${name}: ${JSON.stringify(text)}`,
    ...where,
    ...(help === '' ? {} : { help }),
  };
}

export function openTodo(where: Where, caption: string): Diagnostic {
  return { code: 'test-todo', severity: 'info', message: `todo: ${JSON.stringify(caption)}`, ...where };
}

export function uncovered(where: Where, what: string, name: string): Diagnostic {
  return {
    code: `uncovered-${what}`,
    severity: 'warning',
    message: `no case reaches the ${what} \`${name}\``,
    ...where,
  };
}

export function lowCoverage(file: string, what: string, percent: number, least: number): Diagnostic {
  return {
    code: 'low-coverage',
    severity: 'error',
    message: `cases reach ${percent.toFixed(1)} % of the ${what}, less than ${least} %`,
    file,
    help: 'write cases for what `--coverage` lists',
  };
}
