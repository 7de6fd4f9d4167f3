import { createRequire } from 'node:module';
import { dump } from 'js-yaml';
import type { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import { placeOf, type Diagnostic } from '../../diagnostics/diagnostic.js';
import { codeFrame } from '../../diagnostics/frame.js';
import { faultsOfErrors } from '../../pack/schemaCheck.js';
import { UsageError } from '../../pipeline/usageError.js';
import { isSource, parseYaml, readText, type Source } from '../../source/index.js';
import { ConditionError, parseCondition } from './entities.js';
import { nameIn } from './nameIn.js';
import schema from './subset.schema.json' with { type: 'json' };
import type { EntityCondition, Filter, SubsetPlan, Wanted } from './types.js';

/**
 * Reads a plan of a subset (YAML or JSON).
 * @throws UsageError listing all that is wrong, each with its place
 */
export function readPlan(path: string): SubsetPlan {
  const read = readText(path);
  if ('problem' in read)
    throw new UsageError(read.problem === 'missing' ? `no such file: ${path}` : `${path} is ${read.problem}`);
  return parsePlan(path, read.text);
}

/** As `readPlan`, of a text. `file` is what messages name. */
export function parsePlan(file: string, text: string): SubsetPlan {
  const source = parseYaml(file, text);
  if (!isSource(source))
    throw faulty([{ code: 'bad-yaml', severity: 'error', message: source.reason, file, range: source.range }], text);
  if (source.value === null) return {};
  foldNames(source.value);
  const faults = shapeFaults(source);
  if (faults.length > 0) throw faulty(faults, text);
  const plan = source.value as SubsetPlan;
  const conditions: Diagnostic[] = [];
  const read = (filter: Filter, at: string): Filter => readConditions(filter, at, source, conditions);
  const whole: SubsetPlan = {
    ...plan,
    ...read(plan, ''),
    ...(plan.also && { also: plan.also.map((filter, i) => read(filter, `/also/${i}`)) }),
    ...(plan.classes && {
      classes: Object.fromEntries(
        Object.entries(plan.classes).map(([name, filter]) => [name, read(filter, `/classes/${escaped(name)}`)]),
      ),
    }),
  };
  if (conditions.length > 0) throw faulty(conditions, text);
  return whole;
}

/** A plan as YAML that `readPlan` takes. */
export function writePlan(plan: SubsetPlan): string {
  const head = '# yaml-language-server: $schema=https://legenda.dev/schemas/subset.schema.json\n';
  return head + dump(tidy(plan), { lineWidth: 120, noRefs: true });
}

const NAMES: readonly (readonly ['articles' | 'cases', string, readonly string[]])[] = [
  ['articles', 'license', schema.$defs.filter.properties.articles.properties.license.items.enum],
  ['cases', 'gender', schema.$defs.filter.properties.cases.properties.gender.items.enum],
];

/** `male` and `cc-by` are as good as `Male` and `CC BY`. Whatever else is wrong is the schema's to say. */
function foldNames(plan: unknown): void {
  if (!isMap(plan)) return;
  const filters = [
    plan,
    ...(Array.isArray(plan.also) ? (plan.also as unknown[]) : []),
    ...(isMap(plan.classes) ? Object.values(plan.classes) : []),
  ];
  for (const filter of filters.filter(isMap)) {
    for (const [level, key, names] of NAMES) {
      const conditions = filter[level];
      const values = isMap(conditions) ? conditions[key] : undefined;
      if (!Array.isArray(values)) continue;
      values.forEach((value: unknown, i) => {
        const name = typeof value === 'string' ? nameIn(names, value) : undefined;
        if (name !== undefined) values[i] = name;
      });
    }
  }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

let ajv: Ajv | undefined;

function shapeFaults(source: Source): Diagnostic[] {
  if (!ajv) {
    const { Ajv2020 } = createRequire(import.meta.url)('ajv/dist/2020.js') as { Ajv2020: typeof Ajv };
    ajv = new Ajv2020({
      allErrors: true,
      verbose: true,
      strict: true,
      allowUnionTypes: true,
      strictRequired: false,
      strictTypes: false,
    });
  }
  const validate = ajv.getSchema(schema.$id) ?? ajv.compile(schema);
  if (validate(source.value)) return [];
  return faultsOfErrors(validate.errors ?? [], source, 'a subset').map(({ fault }) => fault);
}

/** Conditions that are written as text are read; what is wrong with them is told with its place. */
function readConditions(filter: Filter, at: string, source: Source, faults: Diagnostic[]): Filter {
  const entity = filter.images?.entity as Wanted<EntityCondition | string> | undefined;
  if (!entity) return filter;
  const read: Record<string, EntityCondition[]> = {};
  for (const [key, conditions] of Object.entries(entity) as [string, readonly (EntityCondition | string)[]][]) {
    read[key] = conditions.flatMap((one, i) => {
      if (typeof one !== 'string') return [one];
      try {
        return [parseCondition(one)];
      } catch (error) {
        if (!(error instanceof ConditionError)) throw error;
        const range = source.rangeOf(`${at}/images/entity/${key}/${i}`);
        faults.push({ code: 'bad-condition', severity: 'error', message: error.message, file: source.file, range });
        return [];
      }
    });
  }
  return { ...filter, images: { ...filter.images, entity: read } };
}

/** All faults, each with its place and line, as one error. */
function faulty(faults: readonly Diagnostic[], text: string): UsageError {
  const blocks = faults.map((one) => {
    const frame = one.range ? `\n${codeFrame(text, one.range).replace(/^/gm, '  ')}` : '';
    return `${placeOf(one)}: ${one.message}${frame}${one.help ? `\n  help: ${one.help}` : ''}`;
  });
  return new UsageError(`the filter cannot be used:\n${blocks.join('\n')}`);
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Without what is undefined and without empty maps. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([key, one]): [string, unknown] => [key, tidy(one)])
    .filter(([, one]) => !isEmptyMap(one));
  return Object.fromEntries(entries);
}
const isEmptyMap = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
