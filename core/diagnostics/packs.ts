import type { Range } from '../source/position.js';
import type { Diagnostic, Related } from './diagnostic.js';
import { didYouMean, listed } from './nearest.js';

interface Where {
  readonly file: string;
  readonly range: Range;
}

/** Faults between files and packs: what is named but not there, or there twice. */
export function unknownPack(where: Where | undefined, name: string, builtin: readonly string[]): Diagnostic {
  return {
    code: 'unknown-pack',
    severity: 'error',
    message: `there is no pack \`${name}\``,
    file: where?.file ?? name,
    ...(where ? { range: where.range } : {}),
    help:
      didYouMean(name, builtin) ??
      `a pack is a folder with \`pack.yaml\`, an installed npm package, or one of ${listed(builtin, 20)}`,
    breaks: ['labels', 'ids', 'morphologies', 'normalise'],
  };
}

export function cyclicExtends(where: Where, cycle: readonly string[]): Diagnostic {
  return {
    code: 'cyclic-extends',
    severity: 'error',
    message: `packs extend each other in a circle: ${cycle.join(' → ')}`,
    ...where,
    help: `take one of these \`extends\` out, or move what both need into a third pack`,
  };
}

export function engineTooOld(
  where: Where,
  pack: string,
  range: string,
  engine: string,
  breaks: readonly string[],
): Diagnostic {
  return {
    code: 'engine-too-old',
    severity: 'error',
    message: `pack \`${pack}\` needs legenda ${range}, this is ${engine}`,
    ...where,
    help: 'update legenda, or take an older version of the pack',
    breaks,
  };
}

export function engineTooNew(
  where: Where,
  pack: string,
  range: string,
  engine: string,
  breaks: readonly string[],
): Diagnostic {
  return {
    code: 'engine-too-new',
    severity: 'error',
    message: `pack \`${pack}\` is made for legenda ${range}, this is ${engine}`,
    ...where,
    help: 'update the pack, or widen its `engine` range when its tests pass',
    breaks,
  };
}

export function badEngineRange(where: Where, range: string): Diagnostic {
  return {
    code: 'bad-engine-range',
    severity: 'error',
    message: `\`${range}\` is no range of versions`,
    ...where,
    help: 'write it like `>=0.1.0 <1.0.0`',
  };
}

export function twoPacks(where: Where, id: string, first: string): Diagnostic {
  return {
    code: 'duplicate-pack',
    severity: 'error',
    message: `two packs are called \`${id}\``,
    ...where,
    help: 'give one of them another `id`',
    related: [{ message: 'the other one', file: first }],
  };
}

export function duplicateId(where: Where, what: string, id: string, first: Related): Diagnostic {
  return {
    code: 'duplicate-id',
    severity: 'error',
    message: `there are two ${what} with the id \`${id}\``,
    ...where,
    help:
      what === 'dictionaries'
        ? 'give one an `id:` of its own, such as `findings/vascular`'
        : 'rename one, or change the inherited one by `overrides` in `pack.yaml`',
    related: [first],
  };
}

export function unknownLabel(where: Where, label: string, classes: Iterable<string>): Diagnostic {
  return {
    code: 'unknown-label',
    severity: 'error',
    message: `\`${label}\` is no class of the taxonomy`,
    ...where,
    help: didYouMean(label, classes) ?? 'add it to a taxonomy file, or extend the pack that has it',
    needs: ['labels'],
  };
}

export function unknownId(where: Where, id: string, ids: Iterable<string>): Diagnostic {
  return {
    code: 'unknown-id',
    severity: 'error',
    message: `there is no value or rule \`${id}\` to change`,
    ...where,
    help: didYouMean(id, ids) ?? 'a value is called `<dictionary id>/<value>`; its pack must stand in `extends`',
    needs: ['ids'],
  };
}

export function unknownMorphology(where: Where, name: string, names: Iterable<string>): Diagnostic {
  return {
    code: 'unknown-morphology',
    severity: 'error',
    message: `there is no morphology \`${name}\``,
    ...where,
    help: didYouMean(name, names) ?? 'extend the pack that has it, for English `language`',
    needs: ['morphologies'],
  };
}

export function unknownNormalise(where: Where, name: string, names: Iterable<string>): Diagnostic {
  return {
    code: 'unknown-normalise',
    severity: 'error',
    message: `there is no normalisation map \`${name}\``,
    ...where,
    help: didYouMean(name, names) ?? 'name one under `normalise`',
    needs: ['normalise'],
  };
}

export function unknownAttribute(
  where: Where,
  entity: string,
  attribute: string,
  attributes: Iterable<string>,
): Diagnostic {
  return {
    code: 'unknown-attribute',
    severity: 'error',
    message: `no value of the entity \`${entity}\` has the attribute \`${attribute}\``,
    ...where,
    help: didYouMean(attribute, attributes) ?? 'give it to the values under `attributes`',
    needs: ['ids'],
  };
}

export function unknownTerm(where: Where, id: string, term: string, terms: Iterable<string>): Diagnostic {
  return {
    code: 'unknown-term',
    severity: 'warning',
    message: `\`${id}\` has no term \`${term}\` to remove`,
    ...where,
    help: didYouMean(term, terms) ?? 'write the term as it stands in the dictionary',
    needs: ['ids'],
  };
}
