import { parse } from 'csv-parse/sync';
import { ImportError, manifestFile, slug, yamlFile, type ImportNote, type ImportedPack } from './packFiles.js';
import { phraseKey, termFault } from './terms.js';

/** Labels that are no classes but say what an n-gram does to others. Names of the format, not of the field. */
const BLOCKER = '_LABEL_BLOCKER';
const CONTROL = /^_/u;

export interface AnnotatedNgramsOptions {
  /** Id of the pack. Default `annotated-ngrams`. */
  readonly id?: string;
  /** Entity that hits are reported as. Default `ngram`. */
  readonly entity?: string;
  /** Packs whose taxonomy has the classes, with their parents and requirements. Default: the built-in `taxonomy`, and `language`, without which no caption can be read. */
  readonly extends?: readonly string[];
  /**
   * The classes of these packs. Labels that are none of them become classes of the new pack's own taxonomy, without
   * parents or requirements. Default: every label is taken for a known class.
   */
  readonly classes?: Iterable<string>;
}

interface Ngram {
  readonly text: string;
  readonly labels: readonly string[];
}
interface Value {
  readonly labels: readonly string[];
  readonly terms: string[];
  readonly except: string[];
}

/**
 * Makes a pack of annotated n-grams as MultiCaRe has them: CSV with a header, a column `ngram` and columns `label…`.
 * N-grams with the same labels become one value; all stand in one layer, so that the longest wins as in the original;
 * blockers become exceptions, which occupy their text and give nothing. What classes require is in the taxonomy.
 *
 * @throws ImportError where the columns are not there
 */
export function importAnnotatedNgrams(csv: string, options: AnnotatedNgramsOptions = {}): ImportedPack {
  const { id = 'annotated-ngrams', entity = 'ngram' } = options;
  const notes: ImportNote[] = [];
  const { ngrams, bare } = readNgrams(csv);
  const blockers = ngrams.filter(({ labels }) => labels.includes(BLOCKER)).map(({ text }) => text);
  const values = new Map<string, Value>();
  const owners = new Map<string, string>();
  for (const ngram of ngrams) {
    if (ngram.labels.includes(BLOCKER)) continue;
    const controls = ngram.labels.filter((label) => CONTROL.test(label));
    for (const control of controls) notes.push(lostControl(ngram.text, control));
    const labels = ngram.labels.filter((label) => !CONTROL.test(label));
    if (labels.length > 0) addTerm(ngram.text, labels, values, owners, notes);
  }
  if (values.size === 0) throw new ImportError('No n-gram of the file has a label.');
  addBlockers(blockers, values, notes);
  const added = newClasses(values, options.classes, notes);
  notes.push(...standingNotes(bare));
  const taxonomy = added.length === 0 ? [] : [taxonomyFile(id, added)];
  return {
    id,
    files: [
      manifestFile(id, `Annotated n-grams: ${owners.size} terms, ${blockers.length} blockers`, {
        extends: options.extends ?? ['language', 'taxonomy'],
        dictionaries: ['ngrams.yaml'],
        taxonomy: added.length > 0,
      }),
      dictionaryFile(entity, values),
      yamlFile('ngrams.test.yaml', 'test', {
        cases: [{ template: `Seen: [{term}]{${entity}={value}}.`, over: entity }],
      }),
      ...taxonomy,
    ],
    notes,
  };
}

function readNgrams(csv: string): { ngrams: Ngram[]; bare: number } {
  let rows: string[][];
  try {
    rows = parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    throw new ImportError(`The file is no CSV: ${error instanceof Error ? error.message : String(error)}`);
  }
  const [header = [], ...body] = rows;
  const ngram = header.indexOf('ngram');
  const labels = header.flatMap((name, i) => (/^label(?:_?\d+)?$/u.test(name) ? [i] : []));
  if (ngram < 0 || labels.length === 0) {
    throw new ImportError('The header must have a column `ngram` and columns `label_1`, `label_2` and so on.');
  }
  const all = body.map((row) => ({
    text: (row[ngram] ?? '').trim(),
    labels: [...new Set(labels.map((i) => (row[i] ?? '').trim()).filter((label) => label !== ''))],
  }));
  const ngrams = all.filter((one) => one.labels.length > 0);
  return { ngrams, bare: all.length - ngrams.length };
}

function addTerm(
  text: string,
  labels: readonly string[],
  values: Map<string, Value>,
  owners: Map<string, string>,
  notes: ImportNote[],
): void {
  const fault = termFault(text);
  if (fault !== undefined) {
    notes.push({ kind: 'lost', what: `n-gram ${quoted(text)}`, why: fault });
    return;
  }
  const key = [...labels].sort().join('\t');
  const phrase = phraseKey(text);
  const owner = owners.get(phrase);
  if (owner !== undefined) {
    if (owner !== key) notes.push(shadowed(text, labels, owner.split('\t')));
    return;
  }
  owners.set(phrase, key);
  const value = values.get(key) ?? { labels, terms: [], except: [] };
  values.set(key, value);
  value.terms.push(text);
}

/**
 * A blocker goes to the value that it keeps from hitting: the one whose longest term it holds. Where it holds none it
 * stands under a value of its own, since it may still take words from terms that begin or end in it.
 */
function addBlockers(blockers: readonly string[], values: Map<string, Value>, notes: ImportNote[]): void {
  for (const blocker of blockers) {
    const fault = termFault(blocker);
    if (fault !== undefined) {
      notes.push({ kind: 'lost', what: `blocker ${quoted(blocker)}`, why: fault });
      continue;
    }
    const around = ` ${phraseKey(blocker)} `;
    let longest = 0;
    let owner: Value | undefined;
    for (const value of values.values()) {
      for (const term of value.terms) {
        const inside = around.includes(` ${phraseKey(term)} `);
        if (!inside || term.length <= longest) continue;
        longest = term.length;
        owner = value;
      }
    }
    if (owner === undefined) {
      owner = values.get(BLOCKER) ?? { labels: [], terms: [], except: [] };
      values.set(BLOCKER, owner);
    }
    owner.except.push(blocker);
  }
}

function newClasses(
  values: ReadonlyMap<string, Value>,
  classes: Iterable<string> | undefined,
  notes: ImportNote[],
): string[] {
  if (classes === undefined) return [];
  const known = new Set(classes);
  const added = [...new Set([...values.values()].flatMap(({ labels }) => labels))].filter((label) => !known.has(label));
  for (const label of added) {
    notes.push({
      kind: 'changed',
      what: `label ${quoted(label)}`,
      why: 'no class of the taxonomy; it became one in taxonomy.yaml, without parents or requirements',
    });
  }
  return added;
}

function dictionaryFile(entity: string, values: ReadonlyMap<string, Value>): ReturnType<typeof yamlFile> {
  const names = new Set<string>();
  const written: Record<string, object> = {};
  for (const { labels, terms, except } of values.values()) {
    const base = labels.length === 0 ? 'blockers' : labels.map(slug).join('+');
    let name = base;
    for (let n = 2; names.has(name); n++) name = `${base}-${n}`;
    names.add(name);
    written[name] = { labels, terms, ...(except.length > 0 ? { except } : {}) };
  }
  return yamlFile('ngrams.yaml', 'dictionary', { entity, id: entity, layer: entity, values: written });
}

function taxonomyFile(id: string, classes: readonly string[]): ReturnType<typeof yamlFile> {
  return yamlFile('taxonomy.yaml', 'taxonomy', {
    taxonomy: id,
    classes: Object.fromEntries(classes.map((label) => [label, { name: label }])),
  });
}

const lostControl = (ngram: string, control: string): ImportNote => ({
  kind: 'lost',
  what: `n-gram ${quoted(ngram)} with the control label ${control}`,
  why: 'in the original it takes labels from the whole caption; here each finding has its own assertion, from the words beside it',
});

const shadowed = (ngram: string, labels: readonly string[], owner: readonly string[]): ImportNote => ({
  kind: 'lost',
  what: `n-gram ${quoted(ngram)} (${labels.join(', ')})`,
  why: `matches the same words as an earlier one (${owner.join(', ')}), which is kept`,
});

function standingNotes(bare: number): ImportNote[] {
  return [
    ...(bare > 0
      ? [
          {
            kind: 'lost',
            what: `${bare} n-grams without a label`,
            why: 'they give nothing; the longest labelled n-gram wins without them too',
          } as const,
        ]
      : []),
    { kind: 'lost', what: 'the counts', why: 'they have no part in matching' },
    {
      kind: 'changed',
      what: 'ends of n-grams',
      why: 'a term stands between ends of words; the original let it end at characters that depend on its corpus',
    },
    {
      kind: 'changed',
      what: 'siblings of the taxonomy',
      why: 'the original deletes both of two that exclude each other, and all below; here both are given and the conflict is reported',
    },
  ];
}

const quoted = (text: string): string => `"${text}"`;
