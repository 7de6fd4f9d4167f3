import type { Range } from '../../source/position.js';
import type { Diagnostic, Severity } from '../diagnostic.js';
import type { Reporter } from './reporter.js';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** SARIF 2.1.0 (OASIS standard), as code scanning services take it. Columns count UTF-16 units, as here. */
export const sarif: Reporter = (diagnostics, { version }) => {
  const codes = [...new Set(diagnostics.map((one) => one.code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'legenda',
            version,
            semanticVersion: version,
            rules: codes.map((id) => ({ id, shortDescription: { text: id.replaceAll('-', ' ') } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((one) => result(one, codes)),
      },
    ],
  };
  return JSON.stringify(log, undefined, 2) + '\n';
};

const result = (one: Diagnostic, codes: readonly string[]): object => ({
  ruleId: one.code,
  ruleIndex: codes.indexOf(one.code),
  level: LEVELS[one.severity],
  message: { text: one.help ? `${one.message}. ${one.help}` : one.message },
  locations: [location(one.file, one.range)],
  ...(one.related
    ? {
        relatedLocations: one.related.map((related, id) => ({
          id,
          message: { text: related.message },
          ...location(related.file, related.range),
        })),
      }
    : {}),
});

const location = (file: string, range: Range | undefined): object => ({
  physicalLocation: {
    artifactLocation: { uri: encodeURI(file) },
    ...(range
      ? { region: { startLine: range.line, startColumn: range.col, endLine: range.endLine, endColumn: range.endCol } }
      : {}),
  },
});
