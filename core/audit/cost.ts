import { anchorsOf, type Rule } from '../pack/index.js';

/** What the regex of a rule costs over a corpus. */
export interface RuleCost {
  readonly rule: string;
  /** Captions in which one of its anchors stands, so that it is run. */
  readonly runs: number;
  readonly matches: number;
  readonly milliseconds: number;
  /** The slowest caption, by its number from 0. */
  readonly slowest: { readonly caption: number; readonly milliseconds: number };
}

/**
 * Times every regex by itself on the captions that hold one of its anchors, dearest first. Anchors are looked for as
 * parts of words here, so that `runs` is what the engine does at most.
 */
export function ruleCosts(
  rules: readonly Rule[],
  captions: readonly string[],
  now: () => number = () => performance.now(),
): RuleCost[] {
  const folded = captions.map((caption) => caption.toLowerCase());
  return rules
    .flatMap((rule): RuleCost[] => {
      if (rule.regex === undefined) return [];
      const regex = new RegExp(rule.regex, rule.exactCase ? 'gu' : 'giu');
      const anchors = anchorsOf(rule).map((anchor) => anchor.replace(/^\*/, '').toLowerCase());
      let [runs, matches, milliseconds] = [0, 0, 0];
      let slowest = { caption: -1, milliseconds: 0 };
      folded.forEach((text, caption) => {
        if (!anchors.some((anchor) => text.includes(anchor))) return;
        const start = now();
        matches += [...captions[caption].matchAll(regex)].length;
        const took = now() - start;
        milliseconds += took;
        runs++;
        if (took > slowest.milliseconds) slowest = { caption, milliseconds: took };
      });
      return [{ rule: rule.id, runs, matches, milliseconds, slowest }];
    })
    .sort((a, b) => b.milliseconds - a.milliseconds);
}
