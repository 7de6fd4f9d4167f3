import { placeOf, type Diagnostic } from '../diagnostic.js';
import type { Reporter } from './reporter.js';

/**
 * JUnit XML, as CI servers show it: a suite for each file; a case for each diagnostic, failed where it is an error,
 * and for everything that was checked and is sound.
 */
export const junit: Reporter = (diagnostics, { checked = [] }) => {
  const suites = new Map<string, Diagnostic[]>();
  for (const name of checked) suites.set(name, []);
  for (const one of diagnostics) suites.set(one.file, [...(suites.get(one.file) ?? []), one]);
  const failures = diagnostics.filter(isFailure).length;
  const tests = [...suites.values()].reduce((sum, list) => sum + Math.max(1, list.length), 0);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="legenda" tests="${tests}" failures="${failures}">`,
    ...[...suites].flatMap(([file, list]) => suite(file, list)),
    '</testsuites>',
  ];
  return lines.join('\n') + '\n';
};

const isFailure = (one: Diagnostic): boolean => one.severity === 'error';

function suite(file: string, list: readonly Diagnostic[]): string[] {
  const failures = list.filter(isFailure).length;
  const cases =
    list.length === 0
      ? [`    <testcase classname="${escape(file)}" name="sound"/>`]
      : list.map((one) => testCase(file, one));
  return [
    `  <testsuite name="${escape(file)}" tests="${cases.length}" failures="${failures}" errors="0" skipped="0">`,
    ...cases,
    '  </testsuite>',
  ];
}

function testCase(file: string, one: Diagnostic): string {
  const name = `${one.code} ${one.range ? `${one.range.line}:${one.range.col}` : ''}`.trim();
  const head = `    <testcase classname="${escape(file)}" name="${escape(name)}"`;
  const text = `${placeOf(one)}: ${one.message}${one.help ? `\n${one.help}` : ''}`;
  return isFailure(one)
    ? `${head}><failure type="${escape(one.code)}" message="${escape(one.message)}">${escape(text)}</failure></testcase>`
    : `${head}><system-out>${escape(text)}</system-out></testcase>`;
}

/** XML text: what XML 1.0 does not allow at all is shown as a question mark. */
const escape = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
