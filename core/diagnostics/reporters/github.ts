import type { Diagnostic, Severity } from '../diagnostic.js';
import type { Reporter } from './reporter.js';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Workflow commands of GitHub Actions: annotations on the lines of a pull request. */
export const github: Reporter = (diagnostics) => diagnostics.map((one) => command(one) + '\n').join('');

function command(one: Diagnostic): string {
  const { range } = one;
  const place = range
    ? [
        `line=${range.line}`,
        `endLine=${range.endLine}`,
        ...(range.line === range.endLine ? [`col=${range.col}`, `endColumn=${range.endCol}`] : []),
      ]
    : [];
  const properties = [`file=${property(one.file)}`, ...place, `title=${property(one.code)}`].join(',');
  return `::${COMMANDS[one.severity]} ${properties}::${data(one.help ? `${one.message}\n${one.help}` : one.message)}`;
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
