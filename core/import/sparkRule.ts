import type { ContextualRule } from '../match/contextual/rule.js';
import { ImportError } from './packFiles.js';

/** Reads the JSON of a rule. @throws ImportError */
export function readRule(json: string): ContextualRule {
  let rule: unknown;
  try {
    rule = JSON.parse(json.replace(/^\uFEFF/u, ''));
  } catch (error) {
    throw new ImportError(`The rule is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (
    typeof rule !== 'object' ||
    rule === null ||
    Array.isArray(rule) ||
    typeof (rule as ContextualRule).entity !== 'string'
  ) {
    throw new ImportError('The rule must be a JSON object with an `entity`.');
  }
  return rule as ContextualRule;
}

export const isDocument = (rule: ContextualRule): boolean => /^document$/iu.test(String(rule.ruleScope ?? ''));
export const isSubToken = (rule: ContextualRule): boolean => /^sub[-_]?token$/iu.test(String(rule.matchScope ?? ''));
