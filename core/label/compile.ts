import { Lexicon, type LexiconTerm } from '../match/lexicon.js';
import { compileExceptions } from '../match/contextual/exceptions.js';
import { Nearby } from '../match/nearby.js';
import { anchorsOf } from '../pack/anchors.js';
import type { At, DictionaryValue, EffectivePack, Rule, Term } from '../pack/model.js';
import { lexiconTerms } from '../pack/lexiconTerms.js';
import { Vocabulary } from '../text/index.js';
import type { Entry, RegexRule, Sense } from './sense.js';
import { Taxonomy } from './taxonomy.js';
import { UnknownNormalisation } from './unknownNormalisation.js';

/** A pack as the labeller runs it: one automaton for all terms and anchors, the regexes, the taxonomy. */
export interface CompiledPack {
  readonly vocabulary: Vocabulary;
  readonly lexicon: Lexicon<Entry>;
  readonly rules: readonly RegexRule[];
  readonly taxonomy: Taxonomy;
  readonly senses: readonly Sense[];
  /** Names of the layers; a sense holds the index. */
  readonly layers: readonly string[];
}

/**
 * Compiles the dictionaries and rules of `pack` that name entities.
 *
 * @param normalise name of a normalisation map, or undefined for the default of the packs
 * @throws UnknownNormalisation where the packs have no map of that name
 */
export function compilePack(
  pack: EffectivePack,
  vocabulary: Vocabulary,
  normalise: string | undefined = pack.defaultNormalise,
): CompiledPack {
  const map = normalise === undefined ? {} : pack.normalise.get(normalise);
  if (map === undefined) {
    throw new UnknownNormalisation(normalise ?? '', [...pack.normalise.keys()]);
  }
  const taxonomy = new Taxonomy({
    classes: [...pack.taxonomy.classes.values()],
    disjoint: pack.taxonomy.disjoint,
    compounds: pack.taxonomy.compounds,
  });
  const layers: string[] = [];
  const senses: Sense[] = [];
  const terms: LexiconTerm<Entry>[] = [];
  const rules: RegexRule[] = [];

  const layerOf = (name: string): number => {
    const known = layers.indexOf(name);
    return known >= 0 ? known : layers.push(name) - 1;
  };
  // Built field by field, all of one shape: there is one for each term, a hundred thousand in a large dictionary.
  const sense = (
    of: Named,
    pack: string,
    at: At,
    special: Omit<Sense, keyof Named | 'index' | 'pack' | 'at'>,
  ): Sense => {
    const made: Sense = {
      index: senses.length,
      id: of.id,
      entity: special.entity,
      value: special.value,
      layer: special.layer,
      priority: special.priority,
      labels: of.labels,
      classes: special.classes,
      codes: of.codes,
      assertion: of.assertion,
      context: special.context,
      except: special.except,
      blocks: special.blocks,
      pack: at.pack ?? pack,
      at: `${at.file}:${at.line}`,
    };
    senses.push(made);
    return made;
  };
  const addTerm = (term: Term, meant: Sense): void => {
    const entry: Entry = { kind: 'sense', sense: meant };
    terms.push(...lexiconTerms(term, entry, pack));
  };

  for (const dictionary of pack.dictionaries) {
    const { entity } = dictionary;
    if (entity === undefined) continue;
    const layer = layerOf(dictionary.layer);
    for (const value of dictionary.values) {
      const classes = classesOf(value.labels, taxonomy);
      const printed = printedValue(value, map[entity]);
      for (const term of value.terms) {
        const meant = sense(value, dictionary.pack, term.at, {
          entity,
          value: printed,
          layer,
          priority: term.priority ?? value.priority,
          classes,
          context: term.context && new Nearby(term.context, vocabulary),
          except: undefined,
          blocks: false,
        });
        addTerm(term, meant);
      }
      for (const phrase of value.except) {
        const blocked = sense(value, dictionary.pack, phrase.at, {
          entity,
          value: printed,
          layer,
          priority: value.priority,
          classes: [],
          context: undefined,
          except: undefined,
          blocks: true,
        });
        const entry: Entry = { kind: 'sense', sense: blocked };
        // An exception varies as the value's terms do.
        const morphology = value.terms[0]?.morphology ?? [];
        terms.push(...lexiconTerms({ text: phrase.text, morphology }, entry, pack));
      }
    }
  }

  for (const rule of pack.rules) {
    const meant = sense(rule, rule.pack, rule.at, {
      entity: rule.entity,
      value: rule.value,
      layer: layerOf(rule.layer),
      priority: rule.priority,
      classes: classesOf(rule.labels, taxonomy),
      context: rule.context && new Nearby(rule.context, vocabulary),
      except: rule.except && (compileExceptions(rule.except.words, rule.except.within, false) ?? undefined),
      blocks: false,
    });
    for (const term of rule.terms ?? []) addTerm(term, meant);
    if (rule.regex === undefined) continue;
    rules.push(regexRule(rule, rule.regex, meant));
    for (const anchor of anchorsOf(rule))
      terms.push({ text: anchor, entry: { kind: 'anchor', rule: rules.length - 1 } });
  }

  return { vocabulary, lexicon: new Lexicon(vocabulary, terms), rules, taxonomy, senses, layers };
}

/** What a value and a rule have in common. */
type Named = Pick<DictionaryValue | Rule, 'id' | 'labels' | 'codes' | 'assertion'>;

function printedValue(value: DictionaryValue, attribute: string | undefined): string {
  const mapped = attribute === undefined ? undefined : value.attributes[attribute];
  return typeof mapped === 'string' ? mapped : value.value;
}

const classesOf = (labels: readonly string[], taxonomy: Taxonomy): number[] =>
  labels.map((label) => taxonomy.indexOf(label)).filter((c): c is number => c !== undefined);

const regexRule = (rule: Rule, source: string, sense: Sense): RegexRule => ({
  sense,
  regex: new RegExp(source, rule.exactCase ? 'gu' : 'giu'),
  wholeTokens: rule.match === 'token',
  complete: rule.complete,
  scope: rule.scope,
});
