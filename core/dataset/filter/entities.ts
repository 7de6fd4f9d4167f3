import { UsageError } from '../../pipeline/usageError.js';
import type { EntityCell } from '../rows.js';
import { nameIn } from './nameIn.js';
import { ASSERTIONS } from '../../plugin/contract.js';
import type { EntityCondition, Wanted } from './types.js';

/** The fields of an entity that a condition may ask for. */
export const ENTITY_FIELDS = ['entity', 'value', 'assertion', 'sentence', 'confidence', 'codes'] as const;
export type AskedEntity = Pick<EntityCell, (typeof ENTITY_FIELDS)[number]>;

/** Why a condition in words is none. */
export class ConditionError extends UsageError {}

const RESERVED = ['assertion', 'confidence', 'code'] as const;
const PAIR = /([\p{L}\p{N}_.-]+)\s*=\s*(?:"([^"]*)"|([^\s"]+))/uy;

/**
 * Reads `finding=mass laterality=left anatomy="left lung|right lung" assertion=present`: the first pair is the thing that
 * is looked for, further pairs stand in the same sentence; `assertion`, `confidence` (at least) and `code` belong to the
 * thing itself. `*` is any value, `|` parts alternatives, quotes hold values with spaces.
 *
 * @throws ConditionError saying what is wrong
 */
export function parseCondition(text: string): EntityCondition {
  const pairs: [string, string][] = [];
  for (let at = 0; at < text.length;) {
    PAIR.lastIndex = at;
    const match = /\s/.test(text[at]) ? null : PAIR.exec(text);
    if (match) pairs.push([match[1].toLowerCase(), match[2] ?? match[3]]);
    else if (!/\s/.test(text[at]))
      throw new ConditionError(`'${text.slice(at)}' is not NAME=VALUE (as in 'finding=mass laterality=left')`);
    at = match ? PAIR.lastIndex : at + 1;
  }
  if (pairs.length === 0)
    throw new ConditionError('an entity condition is empty; write NAME=VALUE, as in finding=mass');
  const [[entity, value], ...rest] = pairs;
  if (isReserved(entity))
    throw new ConditionError(`an entity condition begins with what is looked for (finding=mass), not with ${entity}`);
  const qualifiers: Record<string, readonly string[]> = {};
  const own: { assertion?: readonly string[]; code?: readonly string[]; confidence?: number } = {};
  for (const [name, given] of rest) {
    if (name === 'confidence') {
      const least = Number(given);
      if (!(least >= 0 && least <= 1))
        throw new ConditionError(`confidence=${given}: a confidence is a number from 0 to 1`);
      own.confidence = least;
    } else if (name === 'assertion') own.assertion = alternatives(given).map(assertionNamed);
    else if (name === 'code') own.code = alternatives(given);
    else if (Object.hasOwn(qualifiers, name))
      throw new ConditionError(`${name} is given twice; write alternatives as ${name}=a|b`);
    else qualifiers[name] = given === '*' ? [] : alternatives(given);
  }
  return {
    entity,
    ...(value !== '*' && { value: alternatives(value) }),
    ...(rest.some(([name]) => !isReserved(name)) && { with: qualifiers }),
    ...own,
  };
}

const isReserved = (name: string): name is (typeof RESERVED)[number] => (RESERVED as readonly string[]).includes(name);

function assertionNamed(written: string): string {
  const name = nameIn(ASSERTIONS, written);
  if (name === undefined) throw new ConditionError(`assertion=${written}: there are ${ASSERTIONS.join(', ')}`);
  return name;
}

const alternatives = (value: string): string[] =>
  value
    .split('|')
    .map((one) => one.trim())
    .filter((one) => one !== '');

const memo = new Map<string, string>();
const MEMO_LIMIT = 50_000;

/** Case, and whether words are parted by space, hyphen or underscore, do not count in values. */
function folded(value: string): string {
  let known = memo.get(value);
  if (known === undefined) {
    if (memo.size >= MEMO_LIMIT) memo.clear();
    memo.set(
      value,
      (known = value
        .trim()
        .toLowerCase()
        .replace(/[\s_-]+/g, ' ')),
    );
  }
  return known;
}

/**
 * Test of the entities of an image: one of them is the thing that is looked for, and for each qualifier another entity
 * of that name and value stands in the same sentence of the caption.
 */
export function conditionTest(condition: EntityCondition): (entities: readonly AskedEntity[]) => boolean {
  const isThing = entityTest(condition.entity, condition.value);
  const qualifiers = Object.entries(condition.with ?? {}).map(([entity, values]) => entityTest(entity, values));
  const assertions = condition.assertion && new Set(condition.assertion.map((one) => one.trim().toLowerCase()));
  const codes = condition.code && new Set(condition.code.map((one) => one.trim().toLowerCase()));
  const least = condition.confidence ?? 0;
  return (entities) =>
    entities.some(
      (one) =>
        isThing(one) &&
        (!assertions || assertions.has(one.assertion)) &&
        (!codes || one.codes.some((code) => codes.has(code.toLowerCase()))) &&
        one.confidence >= least &&
        qualifiers.every((fits) =>
          entities.some((other) => other !== one && other.sentence === one.sentence && fits(other)),
        ),
    );
}

/**
 * A necessary condition of wanted entities that the values alone can tell, or undefined where they tell nothing: most
 * images fall by it, and the other fields are read for the rest only.
 */
export function valuesTest({
  any = [],
  all = [],
}: Wanted<EntityCondition>): ((entities: readonly Pick<EntityCell, 'value'>[]) => boolean) | undefined {
  const needsOf = ({ value, with: qualifiers = {} }: EntityCondition): ReadonlySet<string>[] =>
    [value ?? [], ...Object.values(qualifiers)]
      .filter((values) => values.length > 0)
      .map((values) => new Set(values.map(folded)));
  const every = all.flatMap(needsOf);
  const some = any.map(needsOf);
  if (every.length === 0 && (some.length === 0 || some.some((needs) => needs.length === 0))) return undefined;
  return (entities) => {
    const has = (wanted: ReadonlySet<string>): boolean => entities.some(({ value }) => wanted.has(folded(value)));
    return every.every(has) && (some.length === 0 || some.some((needs) => needs.every(has)));
  };
}

function entityTest(entity: string, values: readonly string[] | undefined): (one: AskedEntity) => boolean {
  const name = folded(entity);
  if (!values || values.length === 0) return (one) => folded(one.entity) === name;
  const wanted = new Set(values.map(folded));
  return (one) => folded(one.entity) === name && wanted.has(folded(one.value));
}
