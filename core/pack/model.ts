import type { Assertion } from '../plugin/contract.js';

/** Where something is written. `file` as in `Dictionary.file`; `line` and `col` count from 1. */
export interface At {
  readonly file: string;
  readonly line: number;
  readonly col: number;
  /** `id@version` of the pack whose file it is, where it is not the holder's own: a term that an override added. */
  readonly pack?: string;
}

/** What an inherited field was changed by: the pack that overrides, and the line of the override. */
export interface Origin {
  /** `id@version`. */
  readonly pack: string;
  readonly at: At;
  readonly why?: string;
}

export type Codes = Readonly<Record<string, string>>;
export type Attributes = Readonly<Record<string, unknown>>;

/** Words that must stand near a hit. Distances count characters between the near edges. */
export interface Context {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly within: number;
  /** Both sides must have a cue; else one of either is enough. */
  readonly both: boolean;
  /** The cue only raises the confidence. */
  readonly optional: boolean;
  readonly wholeWords: boolean;
}

/** One way to write a value, as its author wrote it. `expandTerm` and `inflect` make the variants. */
export interface Term {
  readonly text: string;
  /** Letters must agree in case. */
  readonly exactCase: boolean;
  /** Names of morphologies; each has an entry in `EffectivePack.morphologies`. */
  readonly morphology: readonly string[];
  readonly priority?: number;
  readonly context?: Context;
  readonly why?: string;
  readonly at: At;
}

/** A longer phrase in which a value is not meant. */
export interface Exception {
  readonly text: string;
  readonly at: At;
}

/** One value of a dictionary, the defaults of its file filled in and overrides applied. */
export interface DictionaryValue {
  /** `<dictionary id>/<value>`. */
  readonly id: string;
  readonly value: string;
  readonly name?: string;
  readonly labels: readonly string[];
  readonly codes: Codes;
  readonly attributes: Attributes;
  readonly assertion?: Assertion;
  readonly priority: number;
  readonly terms: readonly Term[];
  readonly except: readonly Exception[];
  readonly at: At;
  /** Fields that an override changed (`terms`, `labels`, ...), and by what. */
  readonly overridden?: ReadonlyMap<string, Origin>;
}

/** A dictionary: exactly one of `entity` (found in captions) and `lexicon` (for plugins) is set. */
export interface Dictionary {
  readonly id: string;
  /** `id@version` of the pack that holds it. */
  readonly pack: string;
  /** Relative to the pack's folder; of built-in packs to the package's root. Forward slashes. */
  readonly file: string;
  readonly entity?: string;
  readonly lexicon?: string;
  /** Hits compete inside a layer. */
  readonly layer: string;
  /** ISO 639-1; undefined where the words belong to no language. */
  readonly language?: string;
  readonly values: readonly DictionaryValue[];
}

/** A contextual rule: exactly one of `regex` and `terms` is set. */
export interface Rule {
  readonly id: string;
  readonly pack: string;
  readonly file: string;
  readonly entity: string;
  /** The fixed value; the matched text, folded, where there is none. */
  readonly value?: string;
  readonly name?: string;
  readonly labels: readonly string[];
  readonly codes: Codes;
  readonly attributes: Attributes;
  readonly assertion?: Assertion;
  readonly regex?: string;
  readonly terms?: readonly Term[];
  /** Letters of the regex must agree in case. */
  readonly exactCase: boolean;
  /** Literals one of which must be seen before the regex is run, as declared; `anchorsOf` derives them where none are. */
  readonly anchors: readonly string[];
  /** `token`: the tokens that hold the match are returned; `sub-token`: the characters that match. */
  readonly match: 'token' | 'sub-token';
  /** The regex must cover all of the tokens that it touches. */
  readonly complete: boolean;
  readonly scope: 'sentence' | 'subcaption' | 'caption';
  readonly context?: Context;
  /** Words near which a hit is dropped; the distance counts tokens. */
  readonly except?: { readonly words: readonly string[]; readonly within: number };
  readonly priority: number;
  readonly layer: string;
  readonly language?: string;
  readonly why?: string;
  readonly at: At;
  readonly overridden?: ReadonlyMap<string, Origin>;
}

/** How words vary. See `inflect`. */
export interface Morphology {
  readonly id: string;
  readonly pack: string;
  /** Endings of the word that varies and what takes their place: the first that fits. */
  readonly plural: readonly (readonly [ending: string, replacements: readonly string[]])[];
  /** `mass of the lung`: the word before one of these varies, not the last. */
  readonly heads: readonly string[];
  /** Spellings that are equal inside any word, both directions. */
  readonly spelling: readonly (readonly [string, string])[];
  /** A hyphenated word may also be written as one. */
  readonly joined: boolean;
  readonly at: At;
}

export interface TaxonomyClass {
  readonly id: string;
  readonly pack: string;
  readonly name?: string;
  readonly parents: readonly string[];
  readonly group?: string;
  /** One of these, or a descendant of one, must be labelled too; else the class is not given. */
  readonly requires: readonly string[];
  readonly codes: Codes;
  readonly at: At;
}

/** Classes of which a picture has one. A breach is reported, nothing is deleted. */
export interface Disjoint {
  readonly id: string;
  readonly classes: readonly string[];
  /** Pairs that may stand together (PET and CT). */
  readonly compatible: readonly (readonly [string, string])[];
  readonly at: At;
}

/** A class that is given where all of `of` are. */
export interface Compound {
  readonly id: string;
  readonly of: readonly string[];
  readonly at: At;
}

export interface Taxonomy {
  readonly classes: ReadonlyMap<string, TaxonomyClass>;
  readonly disjoint: readonly Disjoint[];
  readonly compounds: readonly Compound[];
}

/** Entity → the attribute that is printed as `value`; where an entry lacks it, its own value stands. */
export type NormaliseMap = Readonly<Record<string, string>>;

export interface PackIdentity {
  readonly id: string;
  readonly version: string;
  /** Its folder. */
  readonly root: string;
  /** SHA-256 over its files: an author changes a dictionary before the version. */
  readonly digest: string;
}

/** All packs of an engine as one: what is compiled, and what `validate --effective` prints. */
export interface EffectivePack {
  /** In order of loading: what a pack extends stands before it. */
  readonly packs: readonly PackIdentity[];
  readonly dictionaries: readonly Dictionary[];
  readonly rules: readonly Rule[];
  readonly taxonomy: Taxonomy;
  readonly morphologies: ReadonlyMap<string, Morphology>;
  readonly normalise: ReadonlyMap<string, NormaliseMap>;
  readonly defaultNormalise?: string;
  /** What an override switched off: values and rules by id. They stand in no list above. */
  readonly disabled: ReadonlyMap<string, Origin>;
}
