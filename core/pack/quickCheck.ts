import { schemas, type FileKind } from './schemas/index.js';

type Check = (value: unknown) => boolean;
type Schema = Readonly<Record<string, unknown>>;

/** Keywords without a say in validity. */
const NOTES = new Set(['$schema', '$id', '$defs', 'title', 'description', 'examples', 'default']);

const checks = new Map<FileKind, Check>();

/**
 * Whether a file is valid by its schema. Reads the same schemas as ajv but knows only the keywords that they use
 * (any other throws), and compiles in a millisecond: a pass that starts with sound packs never loads ajv, which alone
 * can say what is wrong.
 */
export function fits(kind: FileKind, value: unknown): boolean {
  let check = checks.get(kind);
  if (!check) checks.set(kind, (check = compile(schemas[kind] as Schema, schemas[kind] as Schema)));
  return check(value);
}

function compile(schema: Schema, root: Schema): Check {
  const parts = Object.keys(schema)
    .filter((keyword) => !NOTES.has(keyword))
    .map((keyword) => part(keyword, schema, root))
    .filter((check) => check !== undefined);
  if (parts.length === 1) return parts[0];
  return (value) => {
    for (const check of parts) if (!check(value)) return false;
    return true;
  };
}

function part(keyword: string, schema: Schema, root: Schema): Check | undefined {
  const operand = schema[keyword];
  switch (keyword) {
    case '$ref':
      return lazily(() => compile(resolve(root, operand as string), root));
    case 'type':
      return typeCheck(operand as string | readonly string[]);
    case 'enum':
      return (value) => (operand as readonly unknown[]).includes(value);
    case 'pattern': {
      const pattern = new RegExp(operand as string, 'u');
      return (value) => typeof value !== 'string' || pattern.test(value);
    }
    case 'minLength':
      return (value) => typeof value !== 'string' || value.length >= (operand as number);
    case 'minimum':
      return (value) => typeof value !== 'number' || value >= (operand as number);
    case 'minItems':
      return (value) => !Array.isArray(value) || value.length >= (operand as number);
    case 'maxItems':
      return (value) => !Array.isArray(value) || value.length <= (operand as number);
    case 'minProperties':
      return (value) => !isMap(value) || Object.keys(value).length >= (operand as number);
    case 'required':
      return (value) => !isMap(value) || (operand as readonly string[]).every((key) => Object.hasOwn(value, key));
    case 'oneOf': {
      const branches = (operand as readonly Schema[]).map((branch) => compile(branch, root));
      return (value) => branches.filter((branch) => branch(value)).length === 1;
    }
    case 'propertyNames': {
      const name = compile(operand as Schema, root);
      return (value) => !isMap(value) || Object.keys(value).every(name);
    }
    case 'prefixItems': {
      const items = (operand as readonly Schema[]).map((item) => compile(item, root));
      return (value) => !Array.isArray(value) || items.every((item, i) => i >= value.length || item(value[i]));
    }
    case 'items': {
      if (operand === false) return undefined; // the pairs say maxItems too
      const item = compile(operand as Schema, root);
      return (value) => !Array.isArray(value) || value.every(item);
    }
    case 'properties':
      return propertiesCheck(schema, root);
    case 'additionalProperties':
      return 'properties' in schema ? undefined : propertiesCheck(schema, root);
    default:
      throw new Error(`the quick check does not know the keyword ${keyword}`);
  }
}

/** `properties` and `additionalProperties` in one walk over the keys. */
function propertiesCheck(schema: Schema, root: Schema): Check {
  const entries = Object.entries((schema.properties as Record<string, Schema> | undefined) ?? {});
  const known = new Map(entries.map(([key, property]) => [key, compile(property, root)]));
  const others = schema.additionalProperties;
  const other: Check =
    others === false ? () => false : typeof others === 'object' ? compile(others as Schema, root) : () => true;
  return (value) => {
    if (!isMap(value)) return true;
    for (const key of Object.keys(value)) if (!(known.get(key) ?? other)(value[key])) return false;
    return true;
  };
}

function typeCheck(types: string | readonly string[]): Check {
  const checksOfTypes = (typeof types === 'string' ? [types] : types).map((type) => TYPES[type]);
  return checksOfTypes.length === 1 ? checksOfTypes[0] : (value) => checksOfTypes.some((check) => check(value));
}

const TYPES: Readonly<Record<string, Check>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value),
  array: (value) => Array.isArray(value),
  object: (value) => isMap(value),
  null: (value) => value === null,
};

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function lazily(make: () => Check): Check {
  let check: Check | undefined;
  return (value) => (check ??= make())(value);
}

function resolve(root: Schema, ref: string): Schema {
  const name = ref.replace('#/$defs/', '');
  return (root.$defs as Record<string, Schema>)[name];
}
