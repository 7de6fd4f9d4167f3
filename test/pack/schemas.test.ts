import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { isSource, parseYaml } from '../../core/source/index.js';
import { fits } from '../../core/pack/quickCheck.js';
import { schemas, type FileKind } from '../../core/pack/index.js';

type Schema = { readonly [key: string]: unknown };
const root = join(import.meta.dirname, '../..');

/** Schema (and the way to a part of it) → the interface in `format.ts` that says the same. */
const PAIRS: readonly (readonly [FileKind, string, string])[] = [
  ['pack', '', 'PackFile'],
  ['pack', '$defs/override', 'OverrideFile'],
  ['dictionary', '', 'DictionaryFile'],
  ['dictionary', '$defs/value', 'ValueFile'],
  ['dictionary', '$defs/term', 'TermObject'],
  ['dictionary', '$defs/context', 'ContextFile'],
  ['rules', '', 'RulesFile'],
  ['rules', '$defs/rule', 'RuleFile'],
  ['morphology', '', 'MorphologyFile'],
  ['taxonomy', '', 'TaxonomyFile'],
  ['taxonomy', 'properties/classes/additionalProperties', 'ClassFile'],
  ['taxonomy', 'properties/disjoint/items', 'DisjointFile'],
  ['taxonomy', 'properties/compounds/additionalProperties', 'CompoundFile'],
  ['test', '', 'TestFile'],
  ['test', 'properties/cases/items', 'CaseFile'],
];

const part = (schema: object, way: string): Schema =>
  way
    .split('/')
    .filter(Boolean)
    .reduce<Schema>((node, step) => node[step] as Schema, schema as Schema);

const format = ts.createSourceFile(
  'format.ts',
  readFileSync(join(root, 'core/pack/format.ts'), 'utf8'),
  ts.ScriptTarget.ES2023,
);

/** `name` or `name?`, and a rough kind of its type. */
function membersOf(name: string): string[] {
  for (const statement of format.statements) {
    if (!ts.isInterfaceDeclaration(statement) || statement.name.text !== name) continue;
    return statement.members.filter(ts.isPropertySignature).map((member) => {
      const type = member.type!.getText(format);
      return `${(member.name as ts.Identifier).text}${member.questionToken ? '?' : ''}: ${kindOf(type)}`;
    });
  }
  throw new Error(`no interface ${name}`);
}

function kindOf(type: string): string {
  if (type === 'OneOrMore') return 'string|array';
  if (type.startsWith('readonly ')) return 'array';
  if (type.startsWith('Readonly<Record') || type.startsWith('{') || type.endsWith('File')) return 'object';
  if (type === 'number') return 'integer';
  if (type === 'boolean') return 'boolean';
  return 'string';
}

function schemaKind(schema: Schema, of: object): string {
  if (typeof schema.$ref === 'string') return schemaKind(part(of, schema.$ref.slice(2)), of);
  if (Array.isArray(schema.enum)) return 'string';
  return Array.isArray(schema.type) ? schema.type.join('|') : String(schema.type);
}

describe('schemas and types', () => {
  it.each(PAIRS)('%s %s is %s', (kind, way, name) => {
    const schema = part(schemas[kind], way);
    const required = new Set((schema.required as string[] | undefined) ?? []);
    const said = Object.entries(schema.properties as Record<string, Schema>).map(
      ([key, one]) => `${key}${required.has(key) ? '' : '?'}: ${schemaKind(one, schemas[kind])}`,
    );
    expect(said.sort()).toEqual(membersOf(name).sort());
  });

  it('share their definitions', () => {
    const shared = new Map<string, unknown>();
    for (const schema of Object.values(schemas)) {
      for (const [name, definition] of Object.entries(((schema as Schema).$defs as Schema) ?? {})) {
        if (shared.has(name)) expect(definition, name).toEqual(shared.get(name));
        shared.set(name, definition);
      }
    }
    expect(shared.size).toBeGreaterThan(5);
  });

  it('describe every key', () => {
    const bare: string[] = [];
    const visit = (schema: Schema, way: string): void => {
      for (const [key, one] of Object.entries((schema.properties as Record<string, Schema> | undefined) ?? {})) {
        if (!one.description && !one.$ref) bare.push(`${way}/${key}`);
        visit(one, `${way}/${key}`);
      }
      for (const inner of ['items', 'additionalProperties'])
        if (typeof schema[inner] === 'object') visit(schema[inner] as Schema, way);
      for (const [key, one] of Object.entries((schema.$defs as Record<string, Schema> | undefined) ?? {}))
        visit(one, `${way}#${key}`);
    };
    for (const [kind, schema] of Object.entries(schemas)) visit(schema as Schema, kind);
    expect(bare).toEqual([]);
  });
});

describe('the quick check', () => {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    strictTypes: false,
    strictRequired: false,
  });
  const cases: readonly (readonly [FileKind, string])[] = [
    ['dictionary', 'entity: a\nvalues: { x: { terms: [b] } }'],
    ['dictionary', 'entity: a\nlexicon: b\nvalues: { x: { terms: [b] } }'],
    ['dictionary', 'values: { x: { terms: [b] } }'],
    ['dictionary', 'entity: a\nvalues: {}'],
    ['dictionary', 'entity: a\nvalues: { x: { terms: [3] } }'],
    ['dictionary', 'entity: a\nvalues: { x: { terms: [{ term: b, context: {} }] } }'],
    ['dictionary', 'entity: a\nvalues: { x: { terms: [{ case: exact }] } }'],
    ['dictionary', 'entity: a\nvalues: { "x y": { terms: [b] } }'],
    ['dictionary', 'entity: a\nvalues: { x: { terms: [b], assertion: maybe } }'],
    ['dictionary', 'entity: a\nvalues: [x]'],
    ['rules', 'rules: [{ id: a, entity: b, regex: c }]'],
    ['rules', 'rules: [{ id: a, entity: b }]'],
    ['rules', 'rules: [{ id: a, entity: b, regex: c, context: { within: -1, before: [x] } }]'],
    ['rules', 'rules: [{ id: a, entity: b, regex: c, match: word }]'],
    ['morphology', "morphology: en\nplural: [['', s], [us, [i, uses]]]"],
    ['morphology', 'morphology: en\nplural: [[a]]'],
    ['morphology', 'morphology: en\nspelling: [[a, b, c]]'],
    ['taxonomy', 'taxonomy: t\nclasses: { a: {}, b: { parent: a }, c: }'],
    ['taxonomy', 'taxonomy: t\nclasses: { a: { parent: [1] } }'],
    ['pack', 'id: a\nversion: 1.0.0\nengine: "*"'],
    ['pack', 'id: A\nversion: 1\nengine: "*"'],
    ['pack', 'id: a\nversion: 1.0.0\nengine: "*"\noverrides: [{ id: x }]'],
    ['test', 'cases: [{ text: a }, { none: b, entity: [c] }]'],
    ['test', 'cases: [{ text: a, none: b }]'],
    ['test', ''],
  ];
  it.each(cases)('%s %j agrees with ajv', (kind, yaml) => {
    const source = parseYaml('f.yaml', yaml);
    if (!isSource(source)) throw new Error(source.reason);
    expect(fits(kind, source.value)).toBe(ajv.compile(schemas[kind])(source.value));
    ajv.removeSchema();
  });
});
