import { createRequire } from 'node:module';
import type { Ajv2020 as Ajv, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { pointerSteps, type Source } from '../source/index.js';
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { missingKey, oneOfKeys, unknownKey, wrongType, wrongValue } from '../diagnostics/schema.js';
import { fits } from './quickCheck.js';
import { schemas, type FileKind } from './schemas/index.js';

const validators = new Map<FileKind, ValidateFunction>();
let ajv: Ajv | undefined;

/** ajv takes 50 ms to load: only a file that is known to be wrong makes it worth while. */
function validatorOf(kind: FileKind): ValidateFunction {
  let validate = validators.get(kind);
  if (validate) return validate;
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
  validate = ajv.compile(schemas[kind]);
  validators.set(kind, validate);
  return validate;
}

/** A fault, and the JSON pointer of what has to go for the rest to be valid. */
export interface SchemaFault {
  readonly fault: Diagnostic;
  readonly drop: string;
}

/** Everything in a file that its schema does not allow, each with its place. Empty for a valid file. */
export function schemaFaults(kind: FileKind, source: Source): SchemaFault[] {
  if (fits(kind, source.value)) return [];
  const validate = validatorOf(kind);
  validate(source.value);
  return faultsOfErrors(validate.errors ?? [], source, KIND_NAMES[kind]);
}

/**
 * What ajv found in a file, with the place of each.
 *
 * @param whole what the file is called: `a pack`
 */
export function faultsOfErrors(errors: readonly ErrorObject[], source: Source, whole: string): SchemaFault[] {
  return errors
    .filter((error) => !insideChoice(error))
    .flatMap((error) => {
      const fault = faultOf(error, source, whole);
      return fault ? [{ fault, drop: dropOf(error) }] : [];
    });
}

/** Errors from inside a `oneOf` only repeat the choice itself; `if` and `$ref` have none of their own. */
const insideChoice = (error: ErrorObject): boolean => /\/oneOf\/\d+\//.test(error.schemaPath);

function dropOf(error: ErrorObject): string {
  const key = (error.params as { additionalProperty?: string }).additionalProperty ?? error.propertyName;
  return key === undefined ? error.instancePath : `${error.instancePath}/${escaped(key)}`;
}

function faultOf(error: ErrorObject, source: Source, whole: string): Diagnostic | undefined {
  const pointer = error.instancePath;
  const at = spoken(pointer, whole);
  const where = { file: source.file, range: source.rangeOf(pointer) };
  const parent = error.parentSchema as { properties?: Record<string, { description?: string }>; description?: string };
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = params.additionalProperty as string;
      const range = source.rangeOf(`${pointer}/${escaped(key)}`, 'key');
      return unknownKey({ file: source.file, range }, key, at, Object.keys(parent.properties ?? {}));
    }
    case 'required': {
      const key = params.missingProperty as string;
      const range = pointer === '' ? firstLine : source.rangeOf(pointer, 'key');
      return missingKey({ file: source.file, range }, at, key, parent.properties?.[key]?.description);
    }
    case 'oneOf': {
      const keys = (error.schema as { required: string[] }[]).map((branch) => branch.required[0]);
      const given = isMap(error.data) ? keys.filter((key) => Object.hasOwn(error.data as object, key)) : [];
      if (!isMap(error.data)) return undefined;
      const range =
        given.length > 1
          ? source.rangeOf(`${pointer}/${escaped(given[1])}`, 'key')
          : pointer === ''
            ? firstLine
            : where.range;
      return oneOfKeys({ file: source.file, range }, at, keys, given);
    }
    case 'type': {
      const types = typeof params.type === 'string' ? params.type.split(',') : (params.type as string[]);
      return wrongType(
        where,
        at,
        types.map(article).join(' or '),
        describe(error.data),
        quoteHint(types, error.data, parent),
      );
    }
    case 'enum':
      return wrongValue(
        where,
        at,
        `one of ${(params.allowedValues as string[]).map((value) => `\`${value}\``).join(', ')}`,
        String(error.data),
        params.allowedValues as string[],
      );
    case 'pattern': {
      const name = error.propertyName;
      const range = name === undefined ? where.range : source.rangeOf(`${pointer}/${escaped(name)}`, 'key');
      const what = name === undefined ? at : `a name in ${at}`;
      return wrongValue(
        { file: source.file, range },
        what,
        `allowed by the pattern \`${String(params.pattern)}\``,
        String(name ?? error.data),
        undefined,
        allowedForm(String(name ?? error.data), String(params.pattern)) ?? parent.description,
      );
    }
    case 'propertyNames':
      return undefined; // its pattern has been reported
    default:
      return wrongType(
        where,
        at,
        LIMITS[error.keyword]?.(params) ?? error.message ?? error.keyword,
        describe(error.data),
      );
  }
}

const firstLine = { line: 1, col: 1, endLine: 1, endCol: 1 };

const LIMITS: Readonly<Record<string, (params: Record<string, unknown>) => string>> = {
  minItems: (params) => `a list of at least ${String(params.limit)}`,
  maxItems: (params) => `a list of at most ${String(params.limit)}`,
  minLength: () => 'a text that is not empty',
  minProperties: (params) => `a map of at least ${String(params.limit)} ${params.limit === 1 ? 'key' : 'keys'}`,
  minimum: (params) => `a number of at least ${String(params.limit)}`,
};

const ARTICLES: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  object: 'a map',
  boolean: '`true` or `false`',
  integer: 'a whole number',
  number: 'a number',
  null: 'empty',
};
const article = (type: string): string => ARTICLES[type] ?? type;

function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string')
    return value === '' ? 'an empty text' : `the text \`${value.length > 40 ? value.slice(0, 40) + '…' : value}\``;
  return `the ${typeof value === 'boolean' ? 'truth value' : 'number'} \`${String(value)}\``;
}

function quoteHint(types: readonly string[], data: unknown, schema: { description?: string }): string | undefined {
  if (types.includes('string') && (typeof data === 'number' || typeof data === 'boolean'))
    return `put it in quotes: '${String(data)}'`;
  if (types[0] === 'array' && typeof data === 'string') return `put it in a list: [${data}]`;
  return schema.description;
}

/** What an author may have meant by a text that a pattern does not allow: not everybody reads patterns. */
function allowedForm(text: string, pattern: string): string | undefined {
  const small = text.trim().toLowerCase();
  const forms = [/[\s-]+/gu, /[\s_]+/gu].flatMap((gaps, i) => {
    const joined = small.replace(gaps, i === 0 ? '_' : '-');
    return [joined, `${joined}.0`, `${joined}.0.0`];
  });
  const fit = forms.find((form) => new RegExp(pattern, 'u').test(form));
  return fit === undefined ? undefined : `write \`${fit}\``;
}

/** A pointer as an author would say it: `values.ct.terms[2]`. */
function spoken(pointer: string, whole: string): string {
  if (pointer === '') return whole;
  const path = pointerSteps(pointer).reduce(
    (said, step) => (/^\d+$/.test(step) ? `${said}[${step}]` : `${said}.${step}`),
    '',
  );
  return `\`${path.replace(/^\./, '')}\``;
}

const KIND_NAMES: Readonly<Record<FileKind, string>> = {
  pack: 'a pack',
  dictionary: 'a dictionary',
  rules: 'a rules file',
  morphology: 'a morphology',
  taxonomy: 'a taxonomy',
  test: 'a test file',
};

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
