import { createRequire } from 'node:module';
import { expandTerm, type At, type EffectivePack } from '../pack/index.js';

/** A term that is a word of everyday language, and so hits what is not meant. */
export interface OrdinaryWord {
  readonly id: string;
  readonly pack: string;
  readonly term: string;
  readonly at: At;
  /** Captions of the sample that hold it. */
  readonly captions: number;
  readonly why: 'stop word' | 'mostly no noun or adjective';
  /** Share of its occurrences that are verbs, adverbs or function words. */
  readonly share: number;
}

interface Candidate {
  readonly id: string;
  readonly pack: string;
  readonly term: string;
  readonly at: At;
}

/** Parts of speech (Universal Dependencies) that name or describe something. */
const NAMING = new Set(['NOUN', 'PROPN', 'ADJ', 'NUM', 'X', 'SYM']);
const MOST_CAPTIONS = 4000;
const LEAST_OCCURRENCES = 5;

interface WinkDoc {
  tokens(): { out(its: unknown): unknown[] };
}
interface Wink {
  readDoc(text: string): WinkDoc;
  readonly its: { readonly value: unknown; readonly pos: unknown; readonly stopWordFlag: unknown };
}

/** wink-nlp and its model take 200 ms to load: only the audit does. */
function loadWink(): Wink {
  const require = createRequire(import.meta.url);
  const winkNLP = require('wink-nlp') as (model: unknown, pipe: readonly string[]) => Wink;
  return winkNLP(require('wink-eng-lite-web-model'), ['sbd', 'pos']);
}

/** How a word is used in a corpus. */
interface Use {
  captions: number;
  occurrences: number;
  /** As verb, adverb or function word. */
  other: number;
  stop: boolean;
}

/**
 * Terms of one word, matched without regard to case and context, that are stop words, or that stand in the corpus
 * mostly as verbs, adverbs or function words. English only: for what declares another language nothing is said.
 */
export function ordinaryWords(
  effective: EffectivePack,
  packs: ReadonlySet<string>,
  captions: readonly string[],
): OrdinaryWord[] {
  const candidates = [...candidatesOf(effective, packs)];
  if (candidates.length === 0) return [];
  const uses = usesOf(new Set(candidates.map(({ term }) => term)), captions);
  return candidates
    .flatMap((candidate): OrdinaryWord[] => {
      const use = uses.get(candidate.term);
      if (!use) return [];
      const share = use.other / use.occurrences;
      if (!use.stop && (share <= 0.5 || use.occurrences < LEAST_OCCURRENCES)) return [];
      const why = use.stop ? 'stop word' : 'mostly no noun or adjective';
      return [{ ...candidate, captions: use.captions, share, why }];
    })
    .sort((a, b) => b.captions - a.captions || (a.term < b.term ? -1 : 1));
}

function usesOf(words: ReadonlySet<string>, captions: readonly string[]): Map<string, Use> {
  const wink = loadWink();
  const uses = new Map<string, Use>();
  for (const caption of captions.slice(0, MOST_CAPTIONS)) {
    const tokens = wink.readDoc(caption).tokens();
    const tags = tokens.out(wink.its.pos) as string[];
    const stops = tokens.out(wink.its.stopWordFlag) as boolean[];
    const here = new Set<string>();
    (tokens.out(wink.its.value) as string[]).forEach((token, i) => {
      const word = token.toLowerCase();
      if (!words.has(word)) return;
      const use = uses.get(word) ?? { captions: 0, occurrences: 0, other: 0, stop: stops[i] };
      uses.set(word, use);
      use.occurrences++;
      if (!NAMING.has(tags[i])) use.other++;
      if (!here.has(word)) use.captions++;
      here.add(word);
    });
  }
  return uses;
}

function* candidatesOf(effective: EffectivePack, packs: ReadonlySet<string>): Generator<Candidate> {
  for (const { entity, pack, language, values } of effective.dictionaries) {
    if (entity === undefined || !packs.has(pack) || (language ?? 'en') !== 'en') continue;
    for (const { id, terms } of values) {
      const seen = new Set<string>();
      for (const term of terms) {
        if (term.exactCase || (term.context && !term.context.optional)) continue;
        for (const phrase of expandTerm(term.text)) {
          const word = phrase.toLowerCase();
          if (!/^\p{L}+$/u.test(word) || seen.has(word)) continue;
          seen.add(word);
          yield { id, pack, term: word, at: term.at };
        }
      }
    }
  }
}
