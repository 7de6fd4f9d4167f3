import { placeOf, type Diagnostic, type Severity } from '../diagnostic.js';
import { codeFrame } from '../frame.js';
import { summary, type ReportContext, type Reporter } from './reporter.js';

const COLOURS: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 36 };

/** For people: place, message, code frame, help; a count at the end. */
export const pretty: Reporter = (diagnostics, context) => {
  const paint = (code: number, text: string): string => (context.colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const blocks = diagnostics.map((one) => block(one, context, paint));
  return [...blocks, summary(diagnostics)].join('\n\n') + '\n';
};

function block(one: Diagnostic, context: ReportContext, paint: (code: number, text: string) => string): string {
  const lines = [
    `${paint(1, placeOf(one))}  ${paint(COLOURS[one.severity], one.severity)}  ${one.message}  ${paint(2, one.code)}`,
  ];
  const text = one.range && context.textOf?.(one.file);
  if (text !== undefined && one.range) lines.push(indent(codeFrame(text, one.range)));
  if (one.help) lines.push(`  help: ${one.help}`);
  for (const related of one.related ?? []) lines.push(`  see: ${placeOf(related)}: ${related.message}`);
  return lines.join('\n');
}

const indent = (text: string): string => text.replace(/^/gm, '  ');
