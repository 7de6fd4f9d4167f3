import { expandTerm, type EffectivePack, type LoadedPack } from '../pack/index.js';
import { readMarked, type ExpectedSpan } from '../pack/caseText.js';
import { asList, type CaseFile, type TestFile } from '../pack/format.js';
import { readTests } from '../pack/validate/tests.js';
import type { Diagnostic } from '../diagnostics/index.js';
import { badCase } from '../diagnostics/rules.js';
import { pointerOf, type Range } from '../source/index.js';

/** What a case is: see `CaseFile`. A template has become one case for each term. */
export type CaseKind = 'text' | 'none' | 'todo' | 'snapshot';

/** One caption with what is expected of it. */
export interface TestCase {
  readonly kind: CaseKind;
  /** As diagnostics print it. */
  readonly file: string;
  readonly range: Range;
  /** `id@version` of the pack. */
  readonly pack: string;
  readonly caption: string;
  /** In UTF-16 offsets of `caption`. */
  readonly spans: readonly ExpectedSpan[];
  /** Entities that are compared; all where undefined. */
  readonly entities: readonly string[] | undefined;
  readonly labels: readonly string[] | undefined;
  /** Ids of rules or values that must be what fires. */
  readonly rules: readonly string[];
  /** The term that a template was filled with. */
  readonly term?: string;
}

/** All cases that lie beside the files of packs, in order. Faults of the test files go to `diagnostics`. */
export function readCases(
  packs: readonly LoadedPack[],
  effective: EffectivePack,
  cwd: string,
  diagnostics: Diagnostic[],
): TestCase[] {
  return packs.flatMap((pack) =>
    readTests(pack, cwd, diagnostics).flatMap((file) =>
      (file.source.value as TestFile).cases.flatMap((one, i) => {
        const place = { file: file.source.file, range: file.source.rangeOf(pointerOf('cases', i)), pack: pack.ref };
        const fail = (problem: string): TestCase[] => {
          diagnostics.push(badCase({ file: place.file, range: place.range }, problem));
          return [];
        };
        return one.template === undefined
          ? caseOf(one, place, fail)
          : fromTemplate(one, one.template, effective, place, fail);
      }),
    ),
  );
}

type Place = Pick<TestCase, 'file' | 'range' | 'pack'>;
type Fail = (problem: string) => TestCase[];

function caseOf(one: CaseFile, place: Place, fail: Fail, term?: string): TestCase[] {
  const kind: CaseKind =
    one.none !== undefined
      ? 'none'
      : one.todo !== undefined
        ? 'todo'
        : one.snapshot !== undefined
          ? 'snapshot'
          : 'text';
  const read = readMarked((one.text ?? one.none ?? one.todo ?? one.snapshot)!);
  if ('problem' in read) return fail(read.problem);
  const { caption, spans } = read;
  const named = [...new Set(spans.map((span) => span.entity))];
  const wanted = asList(one.only ?? one.entity);
  return [
    {
      kind,
      ...place,
      caption,
      spans,
      entities: wanted.length > 0 ? wanted : named.length > 0 ? named : undefined,
      labels: one.labels,
      rules: asList(one.rule),
      ...(term === undefined ? {} : { term }),
    },
  ];
}

/**
 * One case for each phrase of each term. Terms with an ending or number in place of words, or that need a context,
 * cannot be written into a sentence by themselves and are left out.
 */
function fromTemplate(one: CaseFile, template: string, effective: EffectivePack, place: Place, fail: Fail): TestCase[] {
  const over = one.over ?? '';
  const values = effective.dictionaries.flatMap((dictionary) =>
    dictionary.values.filter((value) => value.id === over || dictionary.id === over),
  );
  if (values.length === 0) return fail(`\`over: ${over}\` names no value and no dictionary`);
  return values.flatMap((value) =>
    value.terms
      .filter((term) => (!term.context || term.context.optional) && !/[*#]/.test(term.text))
      .flatMap((term) => expandTerm(term.text))
      .flatMap((phrase) => {
        const escaped = phrase.replace(/[[\]\\{}]/g, '\\$&');
        const text = template.replaceAll('{term}', () => escaped).replaceAll('{value}', () => value.value);
        return caseOf({ ...one, template: undefined, text }, place, fail, phrase);
      }),
  );
}
