/**
 * The files of a pack as they are written: what the JSON Schemas describe, key by key (a test compares the two).
 * `model.ts` has what is made of them.
 */
import type { Assertion } from '../plugin/contract.js';

export type OneOrMore = string | readonly string[];

export interface ContextFile {
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly within?: number;
  readonly both?: boolean;
  readonly optional?: boolean;
  readonly whole_words?: boolean;
}

export interface TermObject {
  readonly term: string;
  readonly case?: 'fold' | 'exact';
  readonly morphology?: readonly string[];
  readonly priority?: number;
  readonly context?: ContextFile;
  readonly why?: string;
}
export type TermFile = string | TermObject;

export interface ValueFile {
  readonly name?: string;
  readonly labels?: readonly string[];
  readonly codes?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly assertion?: Assertion;
  readonly priority?: number;
  readonly terms: readonly TermFile[];
  readonly except?: readonly string[];
  readonly why?: string;
}

export interface DictionaryFile {
  readonly entity?: string;
  readonly lexicon?: string;
  readonly id?: string;
  readonly description?: string;
  readonly language?: string;
  readonly layer?: string;
  readonly priority?: number;
  readonly case?: 'fold' | 'exact';
  readonly morphology?: readonly string[];
  readonly labels?: readonly string[];
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly values: Readonly<Record<string, ValueFile>>;
}

export interface RuleFile {
  readonly id: string;
  readonly entity: string;
  readonly value?: string;
  readonly name?: string;
  readonly labels?: readonly string[];
  readonly codes?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly assertion?: Assertion;
  readonly regex?: string;
  readonly terms?: readonly TermFile[];
  readonly case?: 'fold' | 'exact';
  readonly anchors?: readonly string[];
  readonly match?: 'token' | 'sub-token';
  readonly complete?: boolean;
  readonly scope?: 'sentence' | 'subcaption' | 'caption';
  readonly context?: ContextFile;
  readonly except?: { readonly words: readonly string[]; readonly within?: number };
  readonly priority?: number;
  readonly layer?: string;
  readonly why?: string;
}

export interface RulesFile {
  readonly description?: string;
  readonly language?: string;
  readonly morphology?: readonly string[];
  readonly rules: readonly RuleFile[];
}

export interface MorphologyFile {
  readonly morphology: string;
  readonly description?: string;
  readonly plural?: readonly (readonly [string, OneOrMore])[];
  readonly heads?: readonly string[];
  readonly spelling?: readonly (readonly [string, string])[];
  readonly joined?: boolean;
}

export interface ClassFile {
  readonly name?: string;
  readonly description?: string;
  readonly parent?: OneOrMore;
  readonly group?: string;
  readonly requires?: OneOrMore;
  readonly codes?: Readonly<Record<string, string>>;
}

export interface DisjointFile {
  readonly id: string;
  readonly classes: readonly string[];
  readonly compatible?: readonly (readonly [string, string])[];
  readonly why?: string;
}

export interface CompoundFile {
  readonly of: readonly string[];
  readonly why?: string;
}

export interface TaxonomyFile {
  readonly taxonomy: string;
  readonly description?: string;
  readonly classes?: Readonly<Record<string, ClassFile | null>>;
  readonly disjoint?: readonly DisjointFile[];
  readonly compounds?: Readonly<Record<string, CompoundFile>>;
}

export interface OverrideFile {
  readonly id: string;
  readonly disabled?: boolean;
  readonly name?: string;
  readonly labels?: readonly string[];
  readonly codes?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly assertion?: Assertion;
  readonly priority?: number;
  readonly add_terms?: readonly TermFile[];
  readonly remove_terms?: readonly string[];
  readonly add_except?: readonly string[];
  readonly context?: ContextFile;
  readonly why?: string;
}

export interface PackFile {
  readonly id: string;
  readonly version: string;
  readonly engine: string;
  readonly description?: string;
  readonly license?: string;
  readonly extends?: readonly string[];
  readonly dictionaries?: readonly string[];
  readonly rules?: readonly string[];
  readonly taxonomy?: string;
  readonly normalise?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly default_normalise?: string;
  readonly overrides?: readonly OverrideFile[];
}

export interface CaseFile {
  readonly text?: string;
  readonly none?: string;
  readonly todo?: string;
  readonly template?: string;
  readonly snapshot?: string;
  readonly over?: string;
  readonly entity?: OneOrMore;
  readonly only?: OneOrMore;
  readonly labels?: readonly string[];
  readonly rule?: OneOrMore;
  readonly why?: string;
}

export interface TestFile {
  readonly description?: string;
  readonly cases: readonly CaseFile[];
}

export const asList = (names: OneOrMore | undefined): readonly string[] =>
  names === undefined ? [] : typeof names === 'string' ? [names] : names;
