import type { LabelRecord } from '../label/record.js';
import { termKey } from '../match/lexicon.js';
import { expandTerm, inflect, variants, type At, type EffectivePack, type Rule, type Term } from '../pack/index.js';
import { regexBranches } from '../pack/regexBranches.js';
import { foldWord } from '../text/index.js';
import type { CaseResult } from './run.js';

/** What of packs can be reached by cases. */
export const COVERED = ['rules', 'entries', 'alternatives', 'exceptions'] as const;
export type CoveredKind = (typeof COVERED)[number];

/** One thing that a case could reach. */
export interface CoverageItem {
  readonly kind: CoveredKind;
  /** `lesion-size`, `modality/ct`, `modality/ct: helical CT`. */
  readonly name: string;
  readonly pack: string;
  readonly at: At;
  readonly reached: boolean;
}

export interface Coverage {
  readonly items: readonly CoverageItem[];
  /** Percent by kind; 100 where there is nothing to reach. */
  readonly percent: Readonly<Record<CoveredKind, number>>;
}

/**
 * What the cases reached of packs: rules that fired, entries (dictionary values) that fired, alternatives (each phrase
 * of a term, each option of a regex) that made a hit, exceptions that a caption held. Only of the given packs (`id@version`).
 */
export function coverageOf(
  results: readonly CaseResult[],
  effective: EffectivePack,
  packs: ReadonlySet<string>,
): Coverage {
  const hits = hitsOf(results.map((one) => one.record));
  const captions = results.map((one) => ` ${wordsOf(one.record.caption)} `);
  const items: CoverageItem[] = [];
  for (const { entity, pack, values } of effective.dictionaries) {
    if (entity === undefined || !packs.has(pack)) continue;
    for (const value of values) {
      const seen = hits.get(value.id);
      items.push({ kind: 'entries', name: value.id, pack, at: value.at, reached: seen !== undefined });
      items.push(...termItems(value.id, pack, value.terms, seen, effective));
      const morphology = value.terms[0]?.morphology ?? [];
      for (const { text, at } of value.except) {
        const phrases = [...variants({ text, morphology }, effective)].map((phrase) => ` ${wordsOf(phrase)} `);
        const reached = phrases.some((phrase) => captions.some((caption) => caption.includes(phrase)));
        items.push({ kind: 'exceptions', name: `${value.id}: ${text}`, pack, at, reached });
      }
    }
  }
  for (const rule of effective.rules) {
    if (!packs.has(rule.pack)) continue;
    const seen = hits.get(rule.id);
    items.push({ kind: 'rules', name: rule.id, pack: rule.pack, at: rule.at, reached: seen !== undefined });
    items.push(...termItems(rule.id, rule.pack, rule.terms ?? [], seen, effective), ...branchItems(rule, seen));
  }
  return {
    items,
    percent: Object.fromEntries(COVERED.map((kind) => [kind, percentOf(items, kind)])) as Coverage['percent'],
  };
}

/** A text as words alone: how a phrase is looked for in captions. */
const wordsOf = (text: string): string =>
  foldWord(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Texts that fired, by rule or value. */
function hitsOf(records: readonly LabelRecord[]): Map<string, Set<string>> {
  const hits = new Map<string, Set<string>>();
  for (const { text, origin } of records.flatMap((record) => record.entities)) {
    const known = hits.get(origin.rule);
    if (known) known.add(text);
    else hits.set(origin.rule, new Set([text]));
  }
  return hits;
}

/** The phrases of terms; an ending (`*itis`) or number in one is reached by any hit that fits it. */
function termItems(
  id: string,
  pack: string,
  terms: readonly Term[],
  seen: ReadonlySet<string> | undefined,
  effective: EffectivePack,
): CoverageItem[] {
  const keys = new Set([...(seen ?? [])].map(termKey));
  return terms.flatMap((term) =>
    expandTerm(term.text).map((phrase): CoverageItem => {
      const reached = keys.size > 0 && phraseReached(phrase, term, keys, effective);
      return { kind: 'alternatives', name: `${id}: ${phrase}`, pack, at: term.at, reached };
    }),
  );
}

function phraseReached(phrase: string, term: Term, keys: ReadonlySet<string>, effective: EffectivePack): boolean {
  if (/[*#]/.test(phrase)) {
    const pattern = phrase
      .split(' ')
      .map((word) =>
        word === '#'
          ? '[\\d.,]+'
          : word.startsWith('*')
            ? `\\S+${escaped(termKey(word.slice(1)))}`
            : escaped(termKey(word)),
      );
    return [...keys].some((key) => new RegExp(`^${pattern.join(' ?')}$`).test(key));
  }
  if (keys.has(termKey(phrase))) return true;
  return term.morphology.some((name) => {
    const morphology = effective.morphologies.get(name);
    return morphology !== undefined && inflect(phrase, morphology).some((variant) => keys.has(termKey(variant)));
  });
}

function branchItems(rule: Rule, seen: ReadonlySet<string> | undefined): CoverageItem[] {
  if (rule.regex === undefined) return [];
  const flags = rule.exactCase ? 'u' : 'iu';
  return regexBranches(rule.regex).map(({ text, alone }) => {
    const regex = new RegExp(alone, flags);
    const reached = [...(seen ?? [])].some((hit) => regex.test(hit));
    return { kind: 'alternatives', name: `${rule.id}: ${text || '(nothing)'}`, pack: rule.pack, at: rule.at, reached };
  });
}

function percentOf(items: readonly CoverageItem[], kind: CoveredKind): number {
  const own = items.filter((item) => item.kind === kind);
  return own.length === 0 ? 100 : (100 * own.filter((item) => item.reached).length) / own.length;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
