import { nearestException } from '../match/contextual/exceptions.js';
import type { Doc, Span } from '../text/index.js';
import { foldWord } from '../text/index.js';
import type { CompiledPack } from './compile.js';
import type { Hit } from './hits.js';
import type { Entry, RegexRule, Sense } from './sense.js';

/** Why a term that stands in the caption gave no hit. */
export interface Refusal {
  readonly sense: Sense;
  readonly start: number;
  readonly end: number;
  readonly why: 'no-cue' | 'exception';
}

/** Confidence of a hit that no context was asked for; the scale of the contextual parser. */
export const BASE_CONFIDENCE = 0.5;

/**
 * Finds every term and rule of a pack in a text: one walk of the automaton, then the regular expressions whose anchors
 * it saw. Overlaps are not decided here.
 */
export class Finder {
  private hits: Hit[] = [];
  private doc!: Doc;
  private readonly anchored: Set<number> = new Set();
  private refusals: Refusal[] | undefined;

  constructor(private readonly pack: CompiledPack) {}

  /** The hits of `doc`. With `refusals`, what the context turned away is added there. */
  find(doc: Doc, refusals?: Refusal[]): Hit[] {
    this.hits = [];
    this.doc = doc;
    this.refusals = refusals;
    this.pack.lexicon.scan(doc, this.visit);
    if (this.anchored.size > 0) {
      for (const rule of this.anchored) this.run(this.pack.rules[rule]);
      this.anchored.clear();
    }
    return this.hits;
  }

  private readonly visit = (entry: Entry, first: number, last: number): void => {
    if (entry.kind === 'anchor') this.anchored.add(entry.rule);
    else this.add(entry.sense, this.doc.start[first], this.doc.end[last], first, last);
  };

  private add(sense: Sense, start: number, end: number, firstToken: number, lastToken: number): void {
    let confidence = BASE_CONFIDENCE;
    let cue: Hit['cue'];
    if (
      sense.except !== undefined &&
      nearestException(this.doc.text, this.sentenceAt(start), { start, end }, sense.except)
    ) {
      this.refusals?.push({ sense, start, end, why: 'exception' });
      return;
    }
    if (sense.context !== undefined) {
      const verdict = sense.context.check(this.doc, firstToken, lastToken, this.sentenceAt(start));
      if (!verdict.holds) {
        this.refusals?.push({ sense, start, end, why: 'no-cue' });
        return;
      }
      confidence = verdict.confidence;
      cue = verdict.cue ?? undefined;
    }
    this.hits.push({ sense, start, end, firstToken, lastToken, confidence, cue });
  }

  private run(rule: RegexRule): void {
    const { doc } = this;
    const scopes = rule.scope === 'sentence' ? doc.sentences : [{ start: 0, end: doc.text.length }];
    for (const scope of scopes) {
      const text = doc.text.slice(scope.start, scope.end);
      rule.regex.lastIndex = 0;
      for (let m = rule.regex.exec(text); m !== null; m = rule.regex.exec(text)) {
        if (m[0] === '') rule.regex.lastIndex++;
        else this.addMatch(rule, scope.start + m.index, scope.start + m.index + m[0].length);
      }
    }
  }

  private addMatch(rule: RegexRule, start: number, end: number): void {
    const { doc } = this;
    const first = doc.tokenAt(start);
    let last = first;
    while (last + 1 < doc.count && doc.start[last + 1] < end) last++;
    if (first >= doc.count) return;
    const whole = doc.start[first] === start && doc.end[last] === end;
    if (rule.complete && !whole) return;
    if (rule.wholeTokens) this.add(rule.sense, doc.start[first], doc.end[last], first, last);
    else this.add(rule.sense, start, end, first, last);
  }

  private sentenceAt(offset: number): Span {
    const { sentences } = this.doc;
    return sentences.find((s) => offset < s.end) ?? { start: 0, end: this.doc.text.length };
  }
}

/** The value that is printed for a hit: the sense's own, or the matched words where it has none. */
export const valueOf = (sense: Sense, text: string): string => sense.value ?? foldWord(text).replace(/\s+/g, ' ');
