import { PUNCTUATION } from '../../core/plugin/index.js';
import type { Assertion, AssertionClassifier, AssertionResult, Doc, Register, Span } from '../../core/plugin/index.js';
import type { Boundary } from './boundary.js';
import type { Cue } from './cue.js';
import { Terms, beginningIn, longest, unshadowed, type Hit } from './hits.js';
import { languagesOf, spokenIn } from './language.js';
import { reachesBackward, reachesForward, type Range, type Surroundings } from './scope.js';
import { sentenceOf } from './sentence.js';

const PRESENT: AssertionResult = Object.freeze({ assertion: 'present', cue: null });

/** Where several cues reach a concept the first of these wins: what is denied is not merely doubtful or of the past. */
const RANK: readonly Assertion[] = [
  'absent',
  'someone_else',
  'conditional',
  'hypothetical',
  'possible',
  'historical',
  'present',
];

export interface Knowledge {
  readonly cues: Terms<Cue>;
  readonly boundaries: Terms<Boundary>;
  readonly languages: readonly string[];
  /** Overrules the caller. */
  readonly register: Register | undefined;
}

/** The classifier: ConText's cues and scopes (Harkema et al. 2009), with scopes that follow lists and end with clauses. */
export function contextClassifier({ cues, boundaries, languages, register }: Knowledge): AssertionClassifier {
  return {
    classify(doc, concepts, asked = 'note') {
      if (concepts.length === 0) return [];
      // Most captions hold no cue at all: nothing else is looked at then.
      const found = cues.all(doc);
      if (found.length === 0) return concepts.map(() => PRESENT);
      const limits = boundaries.all(doc);
      const spoken = languagesOf([...found, ...limits], languages);
      const hits = spokenIn(found, spoken);
      if (hits.length === 0) return concepts.map(() => PRESENT);
      const assertionOf = (register ?? asked) === 'caption' ? inCaption : inNote;
      const kept = longest(spokenIn(limits, spoken));
      return concepts.map((span) => {
        const cue = decisive(doc, span, hits, kept, assertionOf);
        if (cue === undefined) return PRESENT;
        return { assertion: assertionOf(cue.term), cue: { start: doc.start[cue.first], end: doc.end[cue.last] } };
      });
    },
  };
}

const inNote = (cue: Cue): Assertion => cue.assertion;
const inCaption = (cue: Cue): Assertion => cue.inCaption;

/**
 * No scope is longer than this many tokens, whatever ends it: what lies further off is not looked at, so that the time for
 * a text grows with its length and not with the square of it.
 */
const FARTHEST = 150;

/** The cue that decides about a concept: of those that reach it the strongest, then the nearest. */
function decisive(
  doc: Doc,
  span: Span,
  allHits: readonly Hit<Cue>[],
  allBoundaries: readonly Hit<Boundary>[],
  assertionOf: (cue: Cue) => Assertion,
): Hit<Cue> | undefined {
  const first = doc.tokenAt(span.start);
  const concept: Range = { first, last: Math.max(first, doc.tokenAt(span.end - 1)) };
  const hits = beginningIn(allHits, concept.first - FARTHEST, concept.last + FARTHEST);
  if (hits.length === 0) return undefined;
  const boundaries = beginningIn(allBoundaries, concept.first - FARTHEST, concept.last + FARTHEST);
  // A pseudo cue that shares words with the concept (`no [change in vision]`) speaks of the concept, not of its trend.
  const relevant = hits.filter((hit) => !(hit.term.pseudo && touches(hit, concept)));
  const cues = unshadowed(relevant, relevant);
  const around: Surroundings = {
    sentence: sentenceOf(doc, span),
    boundaries: boundaries.filter((b) => !cues.some((c) => c.first <= b.first && b.first <= c.last)),
    cues,
    endsPhrase: (token) =>
      doc.kind[token] === PUNCTUATION || boundaries.some((b) => b.first <= token && token <= b.last),
  };
  let best: Hit<Cue> | undefined;
  for (const cue of cues) {
    const { forward, backward } = cue.term;
    // `were [not developed]`: the concept holds the denial itself, and is there.
    if (touches(cue, concept) && hits.some((inner) => deniesWithin(inner, cue, concept))) continue;
    const reached =
      (forward && reachesForward(cue, concept, around)) || (backward && reachesBackward(cue, concept, around));
    if (reached && (best === undefined || wins(cue, best))) best = cue;
  }
  return best;

  function wins(a: Hit<Cue>, b: Hit<Cue>): boolean {
    const rank = RANK.indexOf(assertionOf(a.term)) - RANK.indexOf(assertionOf(b.term));
    return rank < 0 || (rank === 0 && distance(a, concept) < distance(b, concept));
  }
}

const touches = (a: Range, b: Range): boolean => a.first <= b.last && a.last >= b.first;
const deniesWithin = (inner: Hit<Cue>, cue: Hit<Cue>, concept: Range): boolean =>
  inner.term.assertion === cue.term.assertion && !inner.term.pseudo && within(inner, cue) && within(inner, concept);
const within = (inner: Range, outer: Range): boolean => inner.first >= outer.first && inner.last <= outer.last;
const distance = (cue: Range, concept: Range): number =>
  cue.first < concept.first ? concept.first - cue.last : cue.first - concept.last;
