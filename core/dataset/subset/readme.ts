import { dump } from 'js-yaml';
import { hubLicense } from '../licenseSummary.js';
import { writePlan } from '../filter/readPlan.js';
import type { SubsetType } from '../filter/types.js';
import type { Prepared } from './prepare.js';
import type { SubsetReport } from './write.js';

const FILES: Readonly<Record<SubsetType, readonly (readonly [string, string])[]>> = {
  text: [['cases.csv', 'a patient a row: id, article, gender, age, text']],
  image: [
    ['images/', 'the pictures'],
    ['image_metadata.jsonl', 'an image a line: file, caption, labels, licence …'],
  ],
  multimodal: [
    ['images/', 'the pictures'],
    ['image_metadata.jsonl', 'an image a line: file, caption, labels, licence …'],
    ['cases.csv', 'a patient a row; mentions of figures in the text are tokens of their images'],
    ['cases.jsonl', 'the same, with the images in the order of the tokens'],
  ],
  'case-series': [
    ['patients/', 'a folder for each patient: the pictures, and the text as case.txt'],
    ['cases.csv', 'a patient a row, with the folder and the number of images'],
    ['image_metadata.jsonl', 'an image a line: file, caption, labels, licence …'],
  ],
  classification: [
    ['images/', 'a folder for each class (below a folder for each part, where it is split)'],
    ['classification.csv', 'an image a row: file, class'],
  ],
};

const ALWAYS: readonly (readonly [string, string])[] = [
  ['articles, cases, figures, images (.parquet or .jsonl)', 'the tables, cut to the subset: it is a dataset itself'],
  ['citations.bib, citations.json', 'all articles, as BibTeX and CSL-JSON: cite them'],
  ['LICENSES.md', 'what may be done with it'],
  ['subset.yaml', 'the filter; `legenda subset DATASET -o OUT --filter subset.yaml` makes the same again'],
  ['manifest.json', 'versions and hashes, of the parent too'],
];

/** The README of a subset: YAML that the Hugging Face hub reads, then Markdown. No clock: equal subsets have equal ones. */
export function readme(prepared: Prepared, report: SubsetReport): string {
  const { plan, type } = prepared;
  const { counts, licenses, lost, split } = report;
  const files = [
    ...FILES[type],
    ...(split ? [['splits.csv', 'the part of each article, and what it is kept together with'] as const] : []),
    ...ALWAYS,
  ];
  const license = hubLicense(Object.fromEntries(licenses.map((l) => [l.license ?? 'unknown', l.articles])));
  const front = dump({
    pretty_name: plan.name ?? 'Subset',
    license,
    ...(license === 'other' && { license_name: 'of-each-article', license_link: 'LICENSES.md' }),
    tags: ['medical', 'case-reports', 'biology'],
  });
  return [
    `---\n${front}---`,
    '',
    `# ${plan.name ?? 'Subset'}`,
    '',
    ...(plan.description ? [plan.description, ''] : []),
    `A subset of type \`${type}\`, made by legenda: ${amount(counts.articles, 'article')}, ${amount(counts.cases, 'patient')}, ${amount(counts.figures, 'figure')}, ${amount(counts.images, 'image')}.`,
    ...(counts.classes
      ? [
          '',
          '| class | images |',
          '|---|---:|',
          ...Object.entries(counts.classes).map(([name, n]) => `| ${name} | ${n} |`),
          '',
          `${amount(counts.overlaps ?? 0, 'image')} that two classes take ${counts.overlaps === 1 ? 'was' : 'were'} left out.`,
        ]
      : []),
    ...(split
      ? [
          '',
          '| part | articles | patients | images |',
          '|---|---:|---:|---:|',
          ...Object.entries(split).map(([name, n]) => `| ${name} | ${n.articles} | ${n.cases} | ${n.images} |`),
          '',
          'Patients of one article, articles published twice, equal texts and equal pictures are never parted.',
        ]
      : []),
    ...(lost.length > 0
      ? [
          '',
          `${amount(lost.length, 'picture')} of the dataset ${lost.length === 1 ? 'was' : 'were'} not there: see rejects.jsonl.`,
        ]
      : []),
    '',
    '## Files',
    '',
    ...files.map(([name, about]) => `- \`${name}\`: ${about}`),
    '',
    '## Filter',
    '',
    '```yaml',
    writePlan(plan).split('\n').slice(1).join('\n').trimEnd(),
    '```',
    '',
    '## Licences',
    '',
    licenses.map(({ license, articles }) => `${license ?? 'not stated'}: ${amount(articles, 'article')}`).join('; ') ||
      'none',
    '',
  ].join('\n');
}

const amount = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
