import {
  definePlugin,
  type CaptionInput,
  type CaptionMarker,
  type CaptionSplit,
  type Doc,
  type PluginContext,
} from '../../core/plugin/index.js';
import { Attachment } from './attachment.js';
import { Gate } from './gate.js';
import { findCandidates } from './candidates.js';
import type { Candidate } from './markers.js';
import { Reading } from './reading.js';
import { decide, type Decision, type Sequence } from './sequence.js';
import { subcaptionsOf } from './subcaption.js';

/** The lexicon of all words that the grammar knows. */
const LEXICON = 'caption';
/** Up to this weight a sequence may as well be keys to one picture. */
const UNSURE = 1.5;

export interface GrammarOptions {
  /** Panels beyond this many are taken for something else and the caption stays whole. */
  readonly maxPanels: number;
}

export default definePlugin<'caption-splitter', GrammarOptions>({
  name: 'grammar',
  version: '1.0.0',
  api: 1,
  slot: 'caption-splitter',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      maxPanels: {
        type: 'integer',
        minimum: 2,
        maximum: 200,
        default: 60,
        description: 'A caption with more panels than this stays whole.',
      },
    },
  },
  optionsExamples: [{ maxPanels: 26 }],
  setup: (context: PluginContext, options: GrammarOptions) => {
    const lexicon = context.lexicon(LEXICON);
    const gate = new Gate(lexicon);
    const reading = new Reading(lexicon);
    return {
      split: ({ doc, expectedPanels }: CaptionInput): CaptionSplit => {
        if (!gate.passes(doc)) return whole(doc, 'high', [], []);
        reading.read(doc);
        const candidates = findCandidates(reading);
        if (candidates.length === 0) return whole(doc, 'high', [], []);
        return splitAt(reading, candidates, expectedPanels, options.maxPanels ?? 60);
      },
    };
  },
});

function splitAt(
  r: Reading,
  candidates: readonly Candidate[],
  expected: number | undefined,
  most: number,
): CaptionSplit {
  const decision = decide(r, candidates);
  const { sequence } = decision;
  if (sequence === null) return whole(r.doc, 'high', ['no-sequence'], explained(r, candidates, decision, false));
  const unsure = Math.abs(sequence.weight) <= UNSURE;
  const panels = sequence.panels.length;
  const fits = unsure && expected !== undefined && expected > 1 ? expected === panels : undefined;
  const split = panels <= most && (unsure && expected === 1 ? false : (fits ?? sequence.weight > 0));
  const reasons = [...sequence.reasons];
  if (unsure) reasons.push(sequence.weight > 0 ? 'weak-evidence' : 'keys-of-one-picture');
  if (panels > most) reasons.push('too-many-panels');
  if (unsure && expected !== undefined && split !== sequence.weight > 0) reasons.push('expected-panels');
  if (!split)
    return whole(
      r.doc,
      unsure ? 'low' : 'high',
      reasons.length > 0 ? reasons : ['keys-of-one-picture'],
      explained(r, candidates, decision, false),
    );
  const attachment = attach(r, sequence);
  if (attachment === null)
    return whole(r.doc, 'low', [...reasons, 'empty-panel'], explained(r, candidates, decision, false));
  if (attachment.mixed) reasons.push('trailing-or-leading');
  const confidence = unsure ? 'low' : reasons.length > 0 ? 'medium' : 'high';
  return {
    subcaptions: subcaptionsOf(r, sequence.panels, attachment.segments),
    confidence,
    reasons,
    markers: explained(r, candidates, decision, true),
  };
}

/** Gives the text to the panels; null where one would have none. */
function attach(r: Reading, sequence: Sequence): Attachment | null {
  const index = new Map(sequence.panels.map((name, i) => [name, i]));
  const attachment = new Attachment(r, sequence.clauses, index);
  const described = new Set<number>();
  for (const { panels } of attachment.segments) for (const panel of panels) described.add(panel);
  return described.size === sequence.panels.length ? attachment : null;
}

function whole(
  doc: Doc,
  confidence: CaptionSplit['confidence'],
  reasons: readonly string[],
  markers: readonly CaptionMarker[],
): CaptionSplit {
  if (doc.count === 0) return { subcaptions: [{ panel: null, text: '', ranges: [] }], confidence, reasons, markers };
  const start = doc.start[0];
  const end = doc.end[doc.count - 1];
  return {
    subcaptions: [{ panel: null, text: doc.text.slice(start, end), ranges: [{ start, end }] }],
    confidence,
    reasons,
    markers,
  };
}

function explained(r: Reading, candidates: readonly Candidate[], decision: Decision, split: boolean): CaptionMarker[] {
  const { sequence, why } = decision;
  const taken = new Map((split ? (sequence?.taken ?? []) : []).map((m) => [m.first, m]));
  return candidates.map((c) => {
    const own = taken.get(c.first) ?? c;
    return {
      start: r.doc.start[c.first],
      end: r.doc.end[c.last],
      panels: own.labels.map((l) => l.name),
      style: `${c.alphabet}-${c.frame}`,
      taken: taken.has(c.first),
      why: taken.has(c.first) ? 'in sequence' : (why.get(c.first) ?? 'the caption stays whole'),
    };
  });
}
