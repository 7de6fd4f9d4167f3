import { dump } from 'js-yaml';
import { typeName, type Column } from '../column.js';
import { LAYOUT } from '../layout.js';
import { hubLicense } from '../licenseSummary.js';
import type { Manifest } from '../manifest.js';
import { TABLE_NAMES, type TableName } from '../rows.js';
import { SCHEMA } from '../schema.js';
import type { DatasetStatistics } from '../stats/statistics.js';

/** What the card says of each table. */
const ABOUT: Readonly<Record<TableName, string>> = {
  articles: 'an article',
  cases: 'a patient',
  figures: 'a figure with its whole caption',
  images: 'a panel with its part of the caption, or a whole figure where the two did not fit',
};

/** Sizes as the Hugging Face hub names them. */
const SIZES: readonly (readonly [number, string])[] = [
  [1_000, 'n<1K'],
  [10_000, '1K<n<10K'],
  [100_000, '10K<n<100K'],
  [1_000_000, '100K<n<1M'],
  [10_000_000, '1M<n<10M'],
];

/** `README.md` of a dataset: YAML that the Hugging Face hub reads, then what a person wants to know. */
export function datasetCard(manifest: Manifest, statistics: DatasetStatistics, name: string): string {
  const license = hubLicense(manifest.licenses);
  const front = dump({
    pretty_name: name,
    license,
    // The hub wants to know what `other` is.
    ...(license === 'other' && { license_name: 'of-each-article', license_link: 'README.md' }),
    language: statistics.languages
      .map(({ name }) => name)
      .filter((code) => code !== 'unknown')
      .sort(),
    size_categories: [SIZES.find(([limit]) => statistics.images < limit)?.[1] ?? 'n>10M'],
    task_categories: ['image-classification', 'image-to-text', 'text-classification'],
    tags: ['medical', 'case-reports', 'biology'],
    configs: ['images', 'cases', 'figures', 'articles'].map((table) => ({
      config_name: table,
      data_files: manifest.tables[table as TableName].file,
      ...(table === 'images' && { default: true }),
    })),
  });
  return (
    [
      `---\n${front}---`,
      `# ${name}`,
      `Medical case reports: patients, figures and their panels, labelled by rules that one can read. Built by legenda ${manifest.legenda}.`,
      countsOf(manifest),
      conditionOf(statistics),
      '## Layout',
      layoutOf(manifest),
      '## Licences',
      licencesOf(manifest.licenses),
      '## Where labels come from',
      provenanceOf(manifest),
      '## How to cite',
      `Every row is part of a published article: cite the articles whose rows are used (\`doi\`, \`pmid\`, \`link\` in \`articles\`).`,
      '## Columns',
      `The same as a table: \`${LAYOUT.dictionary}\`.`,
      ...TABLE_NAMES.flatMap((table) => [`### ${table}`, `A row is ${ABOUT[table]}.`, columnsOf(SCHEMA[table])]),
    ].join('\n\n') + '\n'
  );
}

function countsOf({ tables, images }: Manifest): string {
  const rows = TABLE_NAMES.map((table) => [
    `\`${table}\``,
    ABOUT[table],
    number(tables[table].rows),
    `\`${tables[table].file}\``,
  ]);
  return `${tableOf(['table', 'a row is', 'rows', 'file'], rows)}\n\n${number(images)} picture files in \`${LAYOUT.images}/\`.`;
}

function conditionOf({ figure_status }: DatasetStatistics): string {
  const rows = figure_status.map(({ name, count }) => [`\`${name}\``, number(count)]);
  if (rows.length === 0) return '';
  return `Figures by how their panels and their caption were brought together; none is left out:\n\n${tableOf(['status', 'figures'], rows)}`;
}

function layoutOf({ tables }: Manifest): string {
  const rows = [
    [...TABLE_NAMES.map((t) => `\`${tables[t].file}\``)].join(' '),
    'the tables; `article_id`, `case_id`, `figure_id` join them',
  ];
  return tableOf(
    ['file', 'holds'],
    [
      rows,
      [`\`${LAYOUT.images}/\``, 'picture files by the first digits of the PMCID; `images.file` is the path'],
      [`\`${LAYOUT.dictionary}\``, 'every column'],
      [`\`${LAYOUT.manifest}\``, 'versions and hashes of what made the dataset and of the tables'],
      [`\`${LAYOUT.taxonomy}\``, 'the classes that labels are from, with their parents'],
      [`\`${LAYOUT.statistics}\``, 'counts'],
      [`\`${LAYOUT.rejects}\``, 'what could not be read, and why (only where there is anything)'],
      [`\`${LAYOUT.work}/\``, 'what `legenda build` needs to do only what is new; may be removed'],
    ],
  );
}

function licencesOf(licenses: Readonly<Record<string, number>>): string {
  const rows = Object.entries(licenses).map(([license, n]) => [license, number(n)]);
  if (rows.length === 0) return 'There is no article.';
  return `Each row has the licence of its article in \`license\`.\n\n${tableOf(['licence', 'articles'], rows)}`;
}

function provenanceOf({ packs, plugins }: Manifest): string {
  const list = (items: readonly string[]): string => items.map((item) => `\`${item}\``).join(', ');
  return [
    'Every entity in `images.entities` and `figures.entities` names the pack, the rule and the line that found it, and the words that decided its assertion.',
    `Packs: ${list(packs.map((p) => `${p.id}@${p.version}`))}. Plugins: ${list(plugins)}. Hashes of the packs are in \`${LAYOUT.manifest}\`.`,
  ].join('\n\n');
}

const columnsOf = (columns: readonly Column[]): string =>
  tableOf(
    ['column', 'type', 'about'],
    columns.map(({ name, type, about, example }) => [
      `\`${name}\``,
      `\`${shortType(typeName(type))}\``,
      example === undefined ? about : `${about} Example: \`${example}\`.`,
    ]),
  );

const shortType = (type: string): string => (type.length > 40 ? type.replace(/struct<.*>/, 'struct') : type);

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const number = (n: number): string => n.toLocaleString('en');
