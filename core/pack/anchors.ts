import type { Rule } from './model.js';

/** The literal words one of which must be seen before the regex of a rule is run. */
export const anchorsOf = (rule: Pick<Rule, 'regex' | 'anchors'>): readonly string[] => rule.anchors;
