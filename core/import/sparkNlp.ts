import { deriveAnchors } from '../pack/anchors.js';
import { dictionaryRows, readDictionary, type DictionaryEntry } from '../match/contextual/dictionary.js';
import { JavaRegexError } from '../match/contextual/javaRegex/index.js';
import { readFlag, readNumber, readWords } from '../match/contextual/read.js';
import type { ContextualRule } from '../match/contextual/rule.js';
import { ruleCase, type ImportedRule } from './ruleCases.js';
import { optionNotes, type SparkNlpOptions } from './sparkOptions.js';
import { sparkPattern } from './sparkPattern.js';
import { isDocument, isSubToken, readRule } from './sparkRule.js';
import {
  ImportError,
  manifestFile,
  slug,
  yamlFile,
  type ImportNote,
  type ImportedFile,
  type ImportedPack,
} from './packFiles.js';
import { phraseKey, termFault } from './terms.js';

/** Keys of a rule that are carried over; others are reported. */
const CARRIED = new Set([
  'entity',
  'ruleScope',
  'regex',
  'matchScope',
  'completeMatchRegex',
  'prefix',
  'suffix',
  'contextLength',
  'contextException',
  'exceptionDistance',
]);
/** Endings of all words, and numbers: for a regex that names no word that could be looked for first. */
const ANY_WORD = ['#', ...'abcdefghijklmnopqrstuvwxyz'].map((letter) => (letter === '#' ? letter : `*${letter}`));
const WHOLE_SENTENCE = 1000;

/**
 * Makes a pack of a contextual parser of Spark NLP for Healthcare: its rule (JSON) and, where it has one, its
 * dictionary. A dictionary without context becomes a dictionary; all else becomes rules.
 *
 * @throws ImportError on JSON that is no rule, and on a regex that cannot be translated
 */
export function importSparkNlp(ruleJson: string, dictionary?: string, options: SparkNlpOptions = {}): ImportedPack {
  const rule = readRule(ruleJson);
  const notes: ImportNote[] = [];
  const note = (kind: ImportNote['kind'], what: string, why: string): void => void notes.push({ kind, what, why });
  const entity = slug(rule.entity);
  const id = options.id ?? entity.replaceAll('_', '-');
  if (entity !== rule.entity)
    note(
      'changed',
      'entity',
      `${JSON.stringify(rule.entity)} is called ${entity}; names have small letters, digits and _`,
    );
  for (const [key, value] of Object.entries(rule)) {
    const empty = value === null || (Array.isArray(value) && value.length === 0);
    if (!CARRIED.has(key) && !empty) note('lost', key, 'the parser ignores it, and so does the pack');
  }
  notes.push(...optionNotes(options));
  note('lost', 'taxonomy classes', 'the original has none; add `labels` where a hit is to label the figure');
  const files =
    dictionary === undefined
      ? regexRules(rule, entity, id, options, note)
      : dictionaryFiles(rule, entity, id, dictionary, options, note);
  const ofRules = files.some(({ path }) => path === 'rules.yaml');
  return {
    id,
    files: [
      manifestFile(id, `Imported from the contextual parser ${rule.entity.trim()}`, {
        extends: ['language'],
        rules: ofRules,
        dictionaries: ofRules ? [] : ['dictionary.yaml'],
      }),
      ...files,
    ],
    notes,
  };
}

type Note = (kind: ImportNote['kind'], what: string, why: string) => void;

function regexRules(
  rule: ContextualRule,
  entity: string,
  id: string,
  options: SparkNlpOptions,
  note: Note,
): ImportedFile[] {
  if (typeof rule.regex !== 'string' || rule.regex === '') {
    throw new ImportError('The rule has no regex; give its dictionary too.');
  }
  const complete = readFlag(rule.completeMatchRegex, false);
  const pattern = translated(rule.regex, isDocument(rule) ? 'text' : complete ? 'whole-token' : 'token');
  if (pattern.source !== rule.regex) note('changed', 'regex', `written in JavaScript: ${pattern.source}`);
  const derived = deriveAnchors(pattern.source);
  const anchors = derived ? {} : { anchors: pattern.isNumber ? ['#'] : ANY_WORD };
  if (!derived && pattern.isNumber) {
    note(
      'changed',
      'regex',
      'it is run where the text has a number that is a token; digits at the end of a word (T2) do not start it',
    );
  } else if (!derived) {
    note(
      'changed',
      'regex',
      'it names no word to look for first, so it is run on every caption; give it narrower `anchors`',
    );
  }
  if (isDocument(rule) && !isSubToken(rule)) {
    note('changed', 'matchScope', 'the original returns the whole sentence; here the tokens of the match are returned');
  } else if (!isDocument(rule) && !isSubToken(rule) && !complete) {
    note(
      'changed',
      'matchScope',
      'the original returns all between white space; tokens are smaller here (`5cm` is two)',
    );
  }
  const written = {
    id: `${id}/${entity}`.replace(/^([^/]+)\/\1$/u, '$1'),
    entity,
    regex: pattern.source,
    case: 'exact',
    ...anchors,
    match: isSubToken(rule) || (complete && !isDocument(rule)) ? 'sub-token' : 'token',
    scope: isDocument(rule) && options.wholeDocument ? 'caption' : 'sentence',
    ...surroundings(rule, options, note),
    why: 'Imported',
  };
  return rulesFiles([written], rule, options, note);
}

function dictionaryFiles(
  rule: ContextualRule,
  entity: string,
  id: string,
  text: string,
  options: SparkNlpOptions,
  note: Note,
): ImportedFile[] {
  if (rule.regex !== undefined) note('lost', 'regex', 'the original ignores it where there is a dictionary');
  const delimiter = options.delimiter ?? (text.includes('\t') || !text.includes(',') ? '\t' : ',');
  const labels = groupByLabel(readEntries(dictionaryRows(text, delimiter), options.orientation, note), note);
  if (labels.size === 0) throw new ImportError('The dictionary has no words.');
  if (!isDocument(rule)) {
    const several = [...labels.values()].flat().filter((phrase) => /\s/u.test(phrase));
    if (several.length > 0)
      note(
        'changed',
        `${several.length} phrases of several words`,
        'in sentence scope the original never finds them; here they are found',
      );
    note(
      'changed',
      'tokens',
      'the original compares all between white space; here a word is also found beside a hyphen or slash',
    );
  } else if (!isSubToken(rule)) {
    note(
      'changed',
      'matchScope',
      'the original returns the whole sentence; here the words of the dictionary are returned',
    );
  }
  const around = surroundings(rule, options, note);
  const named = names([...labels.keys()]);
  const exact = options.caseSensitive ? { case: 'exact' } : {};
  if (Object.keys(around).length === 0) {
    const values = Object.fromEntries(
      [...labels].map(([label, terms]) => [
        named.get(label)!,
        { ...(named.get(label) === label ? {} : { name: label }), terms },
      ]),
    );
    const template = { template: `Seen: [{term}]{${entity}={value}}.`, over: id };
    return [
      yamlFile('dictionary.yaml', 'dictionary', { entity, id, ...exact, values }),
      yamlFile('dictionary.test.yaml', 'test', { cases: [template] }),
    ];
  }
  const rules = [...labels].map(([label, terms]) => ({
    id: `${id}/${named.get(label)!}`,
    entity,
    value: named.get(label)!,
    ...(named.get(label) === label ? {} : { name: label }),
    terms,
    ...exact,
    ...around,
    why: 'Imported',
  }));
  return rulesFiles(rules, rule, options, note);
}

function translated(...given: Parameters<typeof sparkPattern>): ReturnType<typeof sparkPattern> {
  try {
    return sparkPattern(...given);
  } catch (error) {
    if (error instanceof JavaRegexError) throw new ImportError(error.message);
    throw error;
  }
}

/** The rules and, since a rule must have a case, what the original finds of its own words. */
function rulesFiles(
  rules: readonly ImportedRule[],
  rule: ContextualRule,
  options: SparkNlpOptions,
  note: Note,
): ImportedFile[] {
  const cases = rules.flatMap((one) => {
    const made = ruleCase(one, rule, options);
    if (made === undefined) note('lost', `a test case of ${one.id}`, 'no text could be made that it finds; write one');
    return made ?? [];
  });
  const tests = cases.length > 0 ? [yamlFile('rules.test.yaml', 'test', { cases })] : [];
  return [yamlFile('rules.yaml', 'rules', { rules }), ...tests];
}

/** Rows of one cell hold no words, so such a file is laid out vertically, whatever the default is. */
function readEntries(rows: string[][], orientation: SparkNlpOptions['orientation'], note: Note): DictionaryEntry[] {
  const entries = readDictionary(rows, orientation ?? 'horizontal');
  if (entries.length > 0 || orientation !== undefined) return entries;
  const vertical = readDictionary(rows, 'vertical');
  if (vertical.length > 0) note('changed', 'orientation', 'the dictionary is read as vertical: no row has a word');
  return vertical;
}

/** The phrases of each label, once each; a phrase of two labels stays with the first. */
function groupByLabel(entries: readonly DictionaryEntry[], note: Note): Map<string, string[]> {
  const labels = new Map<string, string[]>();
  const owners = new Map<string, string>();
  for (const { label, phrase } of entries) {
    const fault = termFault(phrase);
    const key = phraseKey(phrase);
    const owner = owners.get(key);
    if (fault !== undefined) note('lost', `"${phrase}"`, fault);
    else if (owner !== undefined && owner !== label)
      note('lost', `"${phrase}" (${label})`, `is a word of ${owner} too, which is kept`);
    else if (owner === undefined) {
      owners.set(key, label);
      labels.set(label, [...(labels.get(label) ?? []), phrase]);
    }
  }
  return labels;
}

function names(labels: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    labels.map((label) => {
      const base = slug(label);
      let name = base;
      for (let n = 2; taken.has(name); n++) name = `${base}_${n}`;
      taken.add(name);
      return [label, name];
    }),
  );
}

/** `context` and `except` of a rule. */
function surroundings(rule: ContextualRule, options: SparkNlpOptions, note: Note): object {
  const before = readWords(rule.prefix).filter((cue) => cue.trim() !== '');
  const after = readWords(rule.suffix).filter((cue) => cue.trim() !== '');
  const words = readWords(rule.contextException).filter((word) => word.trim() !== '');
  const within = readNumber(rule.contextLength);
  if (before.length + after.length > 0 && within === undefined) {
    note('changed', 'contextLength', `not given; cues count anywhere in the sentence (within: ${WHOLE_SENTENCE})`);
  }
  if (options.caseSensitive && before.length + after.length + words.length > 0) {
    note('changed', 'caseSensitive', 'cues and exceptions are compared without case here');
  }
  const context = {
    ...(before.length > 0 ? { before } : {}),
    ...(after.length > 0 ? { after } : {}),
    within: within === undefined ? WHOLE_SENTENCE : Math.max(0, Math.round(within)),
    ...(options.prefixAndSuffixMatch ? { both: true } : {}),
    ...(options.optionalContextRules ? { optional: true } : {}),
    whole_words: options.completeContextMatch ?? false,
  };
  return {
    ...(before.length + after.length > 0 ? { context } : {}),
    ...(words.length > 0
      ? { except: { words, within: Math.max(0, Math.round(readNumber(rule.exceptionDistance) ?? 40)) } }
      : {}),
  };
}
