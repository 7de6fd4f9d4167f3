import type { Assertion, AssertionClassifier, AssertionResult, Doc, Span } from '../../core/plugin/index.js';
import type { Boundary } from './boundary.js';
import type { Cue } from './cue.js';
import { Terms, longest, shadows, type Hit } from './hits.js';
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
  readonly evidential: 'possible' | 'present';
}

/** The classifier: ConText's cues and scopes (Harkema et al. 2009), with scopes that follow lists and end with clauses. */
export function contextClassifier({ cues, boundaries, languages, evidential }: Knowledge): AssertionClassifier {
  return {
    classify(doc, concepts) {
      if (concepts.length === 0) return [];
      const found = cues.all(doc);
      if (found.length === 0) return concepts.map(() => PRESENT);
      const limits = boundaries.all(doc);
      const spoken = languagesOf(limits, languages);
      const hits = spokenIn(found, spoken).filter(({ term }) => !term.evidential || evidential === 'possible');
      const kept = longest(spokenIn(limits, spoken));
      return concepts.map((concept) => assertionOf(doc, concept, hits, kept));
    },
  };
}

function assertionOf(
  doc: Doc,
  span: Span,
  hits: readonly Hit<Cue>[],
  boundaries: readonly Hit<Boundary>[],
): AssertionResult {
  const concept: Range = { first: doc.tokenAt(span.start), last: Math.max(doc.tokenAt(span.start), doc.tokenAt(span.end - 1)) };
  // A pseudo cue that shares words with the concept (`no [change in vision]`) speaks of the concept, not of its trend.
  const relevant = hits.filter(({ term, first, last }) => !(term.pseudo && first <= concept.last && last >= concept.first));
  const cues = relevant.filter((a) => !relevant.some((b) => shadows(b, a)));
  const around: Surroundings = {
    sentence: sentenceOf(doc, span),
    boundaries: boundaries.filter((b) => !cues.some((c) => c.first <= b.first && b.last <= c.last)),
    cues,
  };
  let best: Hit<Cue> | undefined;
  for (const cue of cues) {
    const { forward, backward } = cue.term;
    const reached =
      (forward && reachesForward(cue, concept, around)) || (backward && reachesBackward(cue, concept, around));
    if (reached && (best === undefined || wins(cue, best, concept))) best = cue;
  }
  if (best === undefined) return PRESENT;
  return { assertion: best.term.assertion, cue: { start: doc.start[best.first], end: doc.end[best.last] } };
}

/** A stronger assertion, or the same by a nearer cue. */
function wins(a: Hit<Cue>, b: Hit<Cue>, concept: Range): boolean {
  const rank = RANK.indexOf(a.term.assertion) - RANK.indexOf(b.term.assertion);
  return rank < 0 || (rank === 0 && distance(a, concept) < distance(b, concept));
}

const distance = (cue: Range, concept: Range): number =>
  cue.first < concept.first ? concept.first - cue.last : cue.first - concept.last;
