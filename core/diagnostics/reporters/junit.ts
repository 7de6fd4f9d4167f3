import { placeOf, type Diagnostic } from '../diagnostic.js';
import type { Reporter } from './reporter.js';

interface Item {
  readonly name: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * JUnit XML, as CI servers show it: a suite for each file, a case for all that was checked. A diagnostic belongs to
 * what was checked at its line, and is a case of its own where that is nothing; errors are failures.
 */
export const junit: Reporter = (diagnostics, { checked = [] }) => {
  const suites = new Map<string, Item[]>();
  const suiteOf = (file: string): Item[] => {
    const known = suites.get(file) ?? [];
    suites.set(file, known);
    return known;
  };
  const placed = new Set<Diagnostic>();
  for (const { file, name, line } of checked) {
    const own =
      line === undefined
        ? []
        : diagnostics.filter((one) => one.file === file && one.range?.line === line && !placed.has(one));
    for (const one of own) placed.add(one);
    const faulty = line === undefined && diagnostics.some((one) => one.file === file);
    if (!faulty) suiteOf(file).push({ name, diagnostics: own });
  }
  for (const one of diagnostics) {
    const place = one.range ? ` ${one.range.line}:${one.range.col}` : '';
    if (!placed.has(one)) suiteOf(one.file).push({ name: one.code + place, diagnostics: [one] });
  }
  const items = [...suites.values()].flat();
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="legenda" tests="${items.length}" failures="${items.filter(fails).length}">`,
    ...[...suites].flatMap(([file, list]) => suite(file, list)),
    '</testsuites>',
  ];
  return lines.join('\n') + '\n';
};

const isFailure = (one: Diagnostic): boolean => one.severity === 'error';
const fails = (item: Item): boolean => item.diagnostics.some(isFailure);

const suite = (file: string, items: readonly Item[]): string[] => [
  `  <testsuite name="${escape(file)}" tests="${items.length}" failures="${items.filter(fails).length}" errors="0" skipped="0">`,
  ...items.map((item) => testCase(file, item)),
  '  </testsuite>',
];

function testCase(file: string, { name, diagnostics }: Item): string {
  const head = `    <testcase classname="${escape(file)}" name="${escape(name)}"`;
  if (diagnostics.length === 0) return `${head}/>`;
  const said = diagnostics.map((one) => {
    const text = escape(`${placeOf(one)}: ${one.message}${one.help ? `\n${one.help}` : ''}`);
    return isFailure(one)
      ? `<failure type="${escape(one.code)}" message="${escape(one.message)}">${text}</failure>`
      : `<system-out>${text}</system-out>`;
  });
  return `${head}>${said.join('')}</testcase>`;
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
