import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { badRegex, dangerousRegex, unanchoredRegex, uncheckedRegex } from '../../diagnostics/rules.js';
import { pointerOf } from '../../source/index.js';
import { anchorsOf } from '../anchors.js';
import type { PackSource } from '../files.js';
import type { RuleFile, RulesFile } from '../format.js';
import type { RegexSafety } from '../regexSafety.js';
import type { Scene, Where } from './scene.js';

/** Of this degree and more a regex may take minutes on one caption; a quadratic one takes a second on the longest. */
const DANGEROUS_DEGREE = 3;

/**
 * Regexes that do not compile, that have no literal to look for, or that an attacker can stall.
 * @param quiet files whose faults nobody asked for: judging their regexes may take longer than all the rest
 */
export async function checkRegexes(
  scene: Scene,
  safety: RegexSafety,
  quiet: ReadonlySet<string>,
): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for (const file of scene.packs.flatMap((pack) => pack.files)) {
    if (file.kind !== 'rules' || quiet.has(file.source.file)) continue;
    const { rules } = file.source.value as RulesFile;
    for (const [i, rule] of rules.entries()) {
      if (rule.regex !== undefined) diagnostics.push(...(await checkRegex(rule, rule.regex, whereOf(file, i), safety)));
    }
  }
  return diagnostics;
}

const whereOf = (file: PackSource, i: number): Where => ({
  file: file.source.file,
  range: file.source.rangeOf(pointerOf('rules', i, 'regex')),
});

async function checkRegex(rule: RuleFile, regex: string, where: Where, safety: RegexSafety): Promise<Diagnostic[]> {
  const flags = rule.case === 'exact' ? 'u' : 'iu';
  try {
    new RegExp(regex, flags);
  } catch (error) {
    const reason =
      error instanceof Error
        ? error.message.replace(/^Invalid regular expression: \/.*\/[a-z]*: /s, '')
        : String(error);
    return [badRegex(where, rule.id, reason)];
  }
  const verdict = await safety.judge(regex, flags);
  if (verdict.status === 'vulnerable' && verdict.degree >= DANGEROUS_DEGREE) {
    return [dangerousRegex(where, rule.id, verdict.complexity, verdict.attack)];
  }
  const unsure = verdict.status === 'unknown' ? [uncheckedRegex(where, rule.id, verdict.reason)] : [];
  const anchored = anchorsOf({ regex, anchors: rule.anchors ?? [] }).length > 0;
  return anchored ? unsure : [...unsure, unanchoredRegex(where, rule.id)];
}
