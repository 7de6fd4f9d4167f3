import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { badCase, untestedRule } from '../../diagnostics/rules.js';
import { pointerOf } from '../../source/index.js';
import { readMarked } from '../caseText.js';
import { readPackFile, testFilesOf, type PackSource } from '../files.js';
import { asList, type CaseFile, type TestFile } from '../format.js';
import type { LoadedPack } from '../load.js';
import type { Rule } from '../model.js';
import { folderOf, type Scene } from './scene.js';

/** The test files of a pack, checked by their schema. */
export function readTests(pack: LoadedPack, cwd: string, diagnostics: Diagnostic[]): PackSource[] {
  return testFilesOf(pack.manifest, pack.files)
    .map((path) => readPackFile(path, pack.place, cwd, diagnostics, 'test'))
    .filter((file) => file !== undefined);
}

/**
 * Rules that no positive case can be about. A case is about a rule that it names under `rule`, or where it expects
 * what the rule gives; whether the rule gave it, only `legenda test --coverage` knows.
 */
export function checkTests(scene: Scene, cwd: string): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const named = new Set<string>();
  const expected = new Set<string>();
  for (const pack of scene.packs) {
    for (const file of readTests(pack, cwd, diagnostics)) {
      (file.source.value as TestFile).cases.forEach((one, i) => {
        const text = one.text ?? one.template ?? one.snapshot;
        if (text !== undefined) for (const id of asList(one.rule)) named.add(id);
        collect(one, text ?? one.todo ?? one.none!, text !== undefined ? expected : undefined, (problem) =>
          diagnostics.push(
            badCase({ file: file.source.file, range: file.source.rangeOf(pointerOf('cases', i)) }, problem),
          ),
        );
      });
    }
  }
  for (const rule of scene.effective.rules) {
    if (named.has(rule.id) || expects(rule, expected)) continue;
    const where = scene.place(rule.at, rule.pack, `id: ${rule.id}`.length);
    diagnostics.push(untestedRule(where, rule.id, folderOf(where.file)));
  }
  return diagnostics;
}

function collect(
  one: CaseFile,
  text: string,
  expected: Set<string> | undefined,
  fail: (problem: string) => void,
): void {
  const read = readMarked(text);
  if ('problem' in read) return fail(read.problem);
  if (one.template !== undefined && !one.template.includes('{term}')) fail('a template has no `{term}`');
  if (one.template !== undefined && one.over === undefined) fail('a template needs `over`');
  for (const { entity, value } of read.spans) {
    expected?.add(entity);
    if (value !== undefined) expected?.add(`${entity}=${value}`);
  }
}

const expects = (rule: Rule, expected: ReadonlySet<string>): boolean =>
  expected.has(rule.value === undefined ? rule.entity : `${rule.entity}=${rule.value}`);
