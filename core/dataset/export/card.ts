import { dump } from 'js-yaml';
import { typeName } from '../column.js';
import { TABLE_NAMES, type TableName } from '../rows.js';
import { SCHEMA } from '../schema.js';
import { COMPANIONS } from './companions.js';
import type { Description } from './describe.js';
import { licenseTable } from '../licenseTerms.js';
import { hubLicenseOf, licenseStatement, type Licenses } from './licenses.js';
import type { ExportSource } from './source.js';

/** What the card of an export says beyond what is in the dataset. */
export interface CardParts {
  /** Further front matter: `configs` of the hub. */
  readonly front?: Readonly<Record<string, unknown>>;
  /** How to load it, what is where: Markdown. */
  readonly use: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly notes?: readonly string[];
  /** Languages of the articles. */
  readonly languages: readonly string[];
  /** Whether the columns of the tables are listed. Default true. */
  readonly columns?: boolean;
}

/** Sizes as the Hugging Face hub names them. */
const SIZES: readonly (readonly [number, string])[] = [
  [1_000, 'n<1K'],
  [10_000, '1K<n<10K'],
  [100_000, '10K<n<100K'],
  [1_000_000, '100K<n<1M'],
  [10_000_000, '1M<n<10M'],
];

/** `README.md` of an export: front matter that the Hugging Face hub reads, then what a person wants to know. */
export function exportCard(about: Description, licenses: Licenses, images: number, parts: CardParts): string {
  const license = hubLicenseOf(licenses);
  const front = dump({
    pretty_name: about.title,
    license,
    ...(license === 'other' && { license_name: 'of-each-article', license_link: COMPANIONS.licenses }),
    ...(parts.languages.length > 0 && { language: parts.languages }),
    size_categories: [SIZES.find(([limit]) => images < limit)?.[1] ?? 'n>10M'],
    task_categories: ['image-classification', 'image-to-text', 'text-classification'],
    tags: ['medical', 'case-reports', 'biology'],
    ...parts.front,
  });
  const by = about.creators.map(({ given, family }) => (given ? `${given} ${family}` : family)).join(', ');
  const counts = Object.entries(parts.counts).map(([name, n]) => `| ${name} | ${n.toLocaleString('en')} |`);
  return (
    [
      `---\n${front}---`,
      `# ${about.title}`,
      about.description,
      ...(by !== '' ? [`By ${by}. Version ${about.version}.`] : []),
      ['| what | number |', '|---|---:|', ...counts].join('\n'),
      ...(parts.notes && parts.notes.length > 0 ? [parts.notes.map((note) => `- ${note}`).join('\n')] : []),
      '## Use',
      parts.use,
      '## Licences',
      licenseStatement(licenses),
      licenseTable(licenses.counts),
      '## How to cite',
      `Every row is part of a published article: cite those whose rows you use (\`${COMPANIONS.bibtex}\`, \`${COMPANIONS.csl}\`; \`doi\` and \`link\` in \`articles\`).`,
      ...(parts.columns === false
        ? []
        : [
            '## Columns',
            'Offsets are Unicode code points of the whole caption (`figures.caption`), the end exclusive.',
            ...TABLE_NAMES.map(columnsOf),
          ]),
    ].join('\n\n') + '\n'
  );
}

function columnsOf(table: TableName): string {
  const rows = SCHEMA[table].map(
    ({ name, type, about }) =>
      `| \`${name}\` | \`${typeName(type).replaceAll('|', '\\|')}\` | ${about.replaceAll('|', '\\|')} |`,
  );
  return [`### ${table}`, '', '| column | type | what |', '|---|---|---|', ...rows].join('\n');
}

/** ISO codes of the languages of the articles, sorted. */
export async function languagesOf(source: ExportSource): Promise<string[]> {
  const found = new Set<string>();
  for await (const { language } of source.columns('articles', ['language'])) if (language !== null) found.add(language);
  return [...found].sort();
}
