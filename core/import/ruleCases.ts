import { contextualParser } from '../match/contextual/parser.js';
import { readWords } from '../match/contextual/read.js';
import type { ContextualRule } from '../match/contextual/rule.js';
import { sampleTexts } from './sample.js';
import type { SparkNlpOptions } from './sparkOptions.js';

/** A rule of the pack as far as its test case needs it. */
export interface ImportedRule {
  readonly id: string;
  readonly entity: string;
  readonly value?: string;
  readonly terms?: readonly string[];
}
export interface RuleCase {
  readonly text: string;
  readonly rule: string;
}

/**
 * A test case of an imported rule: one of its words, or a text that its regex matches, between its cues. Each is tried
 * on the original first; undefined where none is found there.
 */
export function ruleCase(imported: ImportedRule, rule: ContextualRule, options: SparkNlpOptions): RuleCase | undefined {
  const texts = imported.terms ?? (rule.regex === undefined ? [] : sampleTexts(rule.regex));
  const before = readWords(rule.prefix).find((cue) => cue.trim() !== '');
  const after = readWords(rule.suffix).find((cue) => cue.trim() !== '');
  for (const [left, right] of surroundings(before, after)) {
    for (const text of texts) {
      if (text !== text.trim() || !isFound(text, left, right, imported, rule, options)) continue;
      const mark = imported.value === undefined ? imported.entity : `${imported.entity}=${imported.value}`;
      return { text: `${escaped(left)}[${escaped(text)}]{${mark}}${escaped(right)}`, rule: imported.id };
    }
  }
  return undefined;
}

/** Both sides, then one, since a cue may make the text look like something else; last without the word before. */
function surroundings(before: string | undefined, after: string | undefined): [string, string][] {
  const left = before === undefined ? '' : `${before.trim()} `;
  const right = after === undefined ? '' : /^\s*[\p{L}\p{N}]/u.test(after) ? ` ${after.trim()}` : after.trimEnd();
  const sides: [string, string][] = [
    [left, right],
    [left, ''],
    ['', right],
  ];
  return ['Seen: ', ''].flatMap((lead) => sides.map(([one, other]): [string, string] => [lead + one, other]));
}

function isFound(
  text: string,
  left: string,
  right: string,
  imported: ImportedRule,
  rule: ContextualRule,
  options: SparkNlpOptions,
): boolean {
  const terms = imported.terms === undefined ? null : [['', ...imported.terms]];
  // Several words of a dictionary are found in the pack, though not by the original in sentence scope.
  const tried =
    terms === null ? { ...rule, matchScope: 'sub-token' } : { ...rule, ruleScope: 'document', matchScope: 'sub-token' };
  const { caseSensitive, prefixAndSuffixMatch, optionalContextRules, completeContextMatch } = options;
  const parser = contextualParser({
    rule: tried,
    dictionary: terms,
    options: { caseSensitive, prefixAndSuffixMatch, optionalContextRules, completeContextMatch, surfaceText: true },
  });
  const chunks = parser.parse(left + text + right);
  return chunks.some((chunk) => chunk.start === [...left].length && chunk.text === text) && chunks.length === 1;
}

const escaped = (text: string): string => text.replace(/[[\]\\]/gu, '\\$&');
