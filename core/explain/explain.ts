import type { Engine } from '../engine.js';
import type { Refusal } from '../label/find.js';
import type { Hit } from '../label/hits.js';
import type { Labelling } from '../label/labeller.js';
import { toRecord } from '../label/print.js';
import type { Taxonomy } from '../label/taxonomy.js';
import { codePointMap, contains } from '../text/index.js';
import type { ExplainedHit, Explanation, RuleVerdict, Trace } from './explanation.js';

/** Labels a caption and tells all that happened on the way. */
export function explainCaption(engine: Engine, caption: string): Explanation {
  const labelling = engine.read(caption, undefined, true);
  const { taxonomy } = engine.labeller.pack;
  const record = toRecord(labelling, taxonomy);
  return { record, won: record.entities, ...traceOf(labelling, taxonomy) };
}

/** What happened to a caption beside its record; the labelling must have been made to be explained. */
export function traceOf(labelling: Labelling, taxonomy: Taxonomy): Trace {
  const caption = labelling.doc.text;
  const show = shower(caption);
  return {
    shadowed: labelling.resolved.shadowed.map(({ hit, by }) => ({
      hit: show(hit),
      by: show(by),
      why: whyLost(hit, by),
    })),
    refused: labelling.refusals.map((refusal) => ({ hit: show(refusal), why: refusalSentence(refusal) })),
    markers: labelling.split.markers.map(({ start, end, panels, taken, why }) => ({
      text: caption.slice(start, end),
      panels,
      taken,
      why,
    })),
    split: { confidence: labelling.split.confidence, reasons: labelling.split.reasons },
    withheld: withheld(labelling, taxonomy),
  };
}

/**
 * The first step that stopped a rule or dictionary value on a caption.
 * @param id `modality/ct`, the id of a rule, or a dictionary's id for all of its values
 */
export function explainRule(engine: Engine, caption: string, id: string): RuleVerdict {
  const labelling = engine.read(caption, undefined, true);
  const { senses, rules } = engine.labeller.pack;
  const mine = senses.filter((s) => s.id === id && !s.blocks);
  const at = [...new Set(mine.map((s) => s.at))];
  const verdict = (outcome: RuleVerdict['outcome'], sentence: string): RuleVerdict => ({
    rule: id,
    outcome,
    sentence,
    at,
  });
  const quoted = (s: { start: number; end: number }): string => `"${caption.slice(s.start, s.end)}"`;

  if (mine.length === 0) {
    const disabled = engine.pack.disabled.get(id);
    if (disabled)
      return verdict('not-found', `the pack ${disabled.pack} disables it at ${disabled.at.file}:${disabled.at.line}`);
    return verdict('not-found', `no pack has a rule or value with the id ${id}`);
  }
  const fired = labelling.found.find(({ hit }) => hit.sense.id === id);
  if (fired) return verdict('fired', `it fired on ${quoted(fired.hit)} (${fired.assertion})`);
  const winner = labelling.resolved.winners.find((hit) => hit.sense.id === id);
  if (winner) {
    const marker = labelling.split.markers.find((m) => m.taken && contains(m, winner));
    if (marker) return verdict('in-marker', `${quoted(winner)} is the name of a panel here, in ${quoted(marker)}`);
  }
  const lost = labelling.resolved.shadowed.find(({ hit }) => hit.sense.id === id && !hit.sense.blocks);
  if (lost) {
    const { hit, by } = lost;
    if (by.sense.blocks)
      return verdict(
        'blocked',
        `${quoted(hit)} stands in the exception ${quoted(by)} of ${by.sense.id} (${by.sense.at})`,
      );
    return verdict(
      'shadowed',
      `${quoted(hit)} lost to ${by.sense.id} on ${quoted(by)}: ${whyLost(hit, by)} (${by.sense.at})`,
    );
  }
  const refusal = labelling.refusals.find(({ sense }) => sense.id === id);
  if (refusal) return verdict('context', `${quoted(refusal)} stands there, but ${refusalSentence(refusal)}`);
  const regex = rules.find(({ sense }) => sense.id === id);
  if (regex === undefined) return verdict('no-match', 'none of its terms stands in the caption');
  if (regex.regex.test(caption))
    return verdict('no-anchor', 'its regex would match, but none of its anchors stands in the caption as a word');
  return verdict('no-match', 'its regex does not match the caption');
}

function shower(caption: string): (hit: Hit | Refusal) => ExplainedHit {
  const at = codePointMap(caption);
  return ({ sense, start, end }) => ({
    id: sense.id,
    at: sense.at,
    text: caption.slice(start, end),
    start: at(start),
    end: at(end),
  });
}

function whyLost(hit: Hit, by: Hit): string {
  if (by.sense.priority !== hit.sense.priority) return `priority ${by.sense.priority} beats ${hit.sense.priority}`;
  if (by.end - by.start !== hit.end - hit.start) return 'the longer one wins';
  if (by.start !== hit.start) return 'the one further left wins';
  return by.sense.blocks
    ? 'it is an exception'
    : 'both are equal in length and place: the one that is declared first wins';
}

function refusalSentence({ sense, why }: Refusal): string {
  if (why === 'exception') return 'a word of its exceptions stands near it';
  const spec = sense.context?.spec;
  const sides = [spec?.before.length && 'before', spec?.after.length && 'after'].filter(Boolean).join(' or ');
  const within = spec?.within ?? Infinity;
  return `no cue stands ${sides} it${within === Infinity ? '' : ` within ${within} characters`}`;
}

/** Classes of entities that did not become labels: not asserted as present, or a requirement that does not hold. */
function withheld({ found, parts }: Labelling, taxonomy: Taxonomy): Explanation['withheld'] {
  const given = new Set(parts.flatMap((p) => [...p.resolution.closure]));
  const reasons = new Map<string, string>();
  for (const { hit, assertion } of found) {
    for (const c of hit.sense.classes) {
      if (given.has(c)) continue;
      const needs = [...new Set(taxonomy.requirementsOf(c).map((group) => group.join(' or ')))].join(', and ');
      reasons.set(taxonomy.ids[c], assertion === 'present' ? `it needs ${needs}` : `what names it is ${assertion}`);
    }
  }
  return [...reasons].map(([label, because]) => ({ label, because }));
}
