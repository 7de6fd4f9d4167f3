import { readFileSync } from 'node:fs';
import { dump } from 'js-yaml';
import { schemas } from '../../core/pack/schemas/index.js';

/** As much of JSON Schema as the schemas of packs and configs use. */
interface Schema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema | false;
  readonly prefixItems?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** Where each kind of file stands; what no schema says. */
const PLACES: Readonly<Record<string, string>> = {
  pack: '`pack.yaml`, in the folder of the pack.',
  dictionary:
    'A file that `dictionaries` of the pack names. Its first keys tell that it is one: `entity` or `lexicon`, and `values`.',
  rules: 'A file that `rules` of the pack names, with the key `rules`.',
  taxonomy: 'The file that `taxonomy` of the pack names.',
  morphology: 'A file that `dictionaries` of the pack names, with the key `morphology`.',
  test: '`*.test.yaml`, beside what it tests. `legenda test` finds it by its name.',
};

export interface Page {
  readonly path: string;
  readonly content: string;
}

/** The reference pages: one for each schema, in its own words. */
export function referencePages(): Page[] {
  const config = JSON.parse(readFileSync(new URL('../../core/config.schema.json', import.meta.url), 'utf8')) as Schema;
  return Object.entries({ ...schemas, config }).map(([kind, schema]) => ({
    path: `docs/reference/${kind}.md`,
    content: new PageOf(schema as Schema, kind).text(),
  }));
}

class PageOf {
  /** Definitions that keys point to, in the order of their mention; each has a section of its own. */
  private readonly sections: string[] = [];

  constructor(
    private readonly root: Schema,
    private readonly kind: string,
  ) {}

  text(): string {
    const { title = this.kind, description = '' } = this.root;
    const parts = [
      `<!-- Generated from ${this.kind === 'config' ? 'core/config' : `core/pack/schemas/${this.kind}`}.schema.json by \`npm run update\`. Change that. -->`,
      `# ${title}`,
      description,
      PLACES[this.kind] ?? '',
      this.table(this.root),
    ];
    for (let i = 0; i < this.sections.length; i++) {
      const name = this.sections[i];
      const schema = this.root.$defs![name];
      parts.push(`## ${name}`, schema.description ?? '', this.details(schema));
    }
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
  }

  /** What a definition's section shows below its description. */
  private details(schema: Schema): string {
    const inner = mapOf(schema) ?? schema;
    if (inner.properties !== undefined) return this.table(inner);
    return [`Type: ${this.typeOf(schema)}.`, remarks(schema)].filter((part) => part !== '').join(' ');
  }

  private table(schema: Schema): string {
    const rows = this.rows(schema, '');
    const either = (schema.oneOf ?? []).flatMap(({ required = [] }) => required.map((key) => `\`${key}\``));
    const choice = either.length > 1 ? `Exactly one of ${either.join(', ')} is given.\n\n` : '';
    return `${choice}| key | type | meaning |\n|---|---|---|\n${rows.join('\n')}`;
  }

  /** Keys of maps inside are shown below their owner, as `owner.key`. */
  private rows(schema: Schema, prefix: string): string[] {
    return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
      const needed = schema.required?.includes(key) ? ', required' : '';
      const meaning = [property.description ?? this.resolved(property).description ?? '', remarks(property)]
        .filter((part) => part !== '')
        .join(' ');
      const row = `| \`${prefix}${key}\` | ${cell(this.typeOf(property))}${needed} | ${cell(meaning)} |`;
      return [row, ...this.rows(property, `${prefix}${key}.`), ...this.inside(property, `${prefix}${key}`)];
    });
  }

  /** What a map from names, or a list of maps, holds. */
  private inside(property: Schema, path: string): string[] {
    const named = mapOf(property);
    if (named?.properties) return this.rows(named, `${path}.NAME.`);
    const items = property.items || undefined;
    return items?.properties ? this.rows(items, `${path}[].`) : [];
  }

  private resolved(schema: Schema): Schema {
    const name = schema.$ref?.replace('#/$defs/', '');
    return name === undefined ? schema : this.root.$defs![name];
  }

  private typeOf(schema: Schema): string {
    if (schema.$ref !== undefined) {
      const name = schema.$ref.replace('#/$defs/', '');
      if (!this.sections.includes(name)) this.sections.push(name);
      return `[${name}](#${name})`;
    }
    if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(' or ');
    if (schema.oneOf && schema.type === undefined) return schema.oneOf.map((one) => this.typeOf(one)).join(' or ');
    if (schema.prefixItems) return 'pair';
    const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
    return types.map((type) => this.word(type, schema)).join(' or ') || 'anything';
  }

  private word(type: string, schema: Schema): string {
    if (type === 'array') return schema.items ? `list of ${this.typeOf(schema.items)}` : 'list';
    if (type === 'object') {
      const values = mapOf(schema);
      return values && !values.properties ? `map of names to ${this.typeOf(values)}` : 'map';
    }
    return WORDS[type] ?? type;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
  null: 'nothing',
};

/** What the values of a map from names are, or undefined. */
const mapOf = (schema: Schema): Schema | undefined =>
  typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;

function remarks(schema: Schema): string {
  const said: string[] = [];
  if (schema.default !== undefined && !/\bdefault\b/i.test(schema.description ?? '')) {
    said.push(`Default: ${code(schema.default)}.`);
  }
  const [example] = schema.examples ?? [];
  if (example !== undefined) said.push(`Example: ${code(example)}.`);
  return said.join(' ');
}

/** A value as YAML on one line. */
const code = (value: unknown): string =>
  `\`${dump(value, { flowLevel: 0, lineWidth: -1 })
    .trim()
    .replace(/^"(.*)"$/u, '$1')}\``;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
