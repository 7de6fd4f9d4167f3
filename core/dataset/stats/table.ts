import type { Count, DatasetStatistics } from './statistics.js';

const BAR = 28;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const number = (n: number): string => n.toLocaleString('en');

/** A bar of eighths of a character. */
function bar(share: number, width = BAR): string {
  const eighths = Math.round(share * width * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}

/** A list with bars: the most frequent ones, and how many more there are. */
export function bars(title: string, counts: readonly Count[], most: number): string[] {
  if (counts.length === 0) return [];
  const shown = counts.slice(0, most);
  const highest = Math.max(...shown.map(({ count }) => count));
  const names = shown.map(({ name }) => cut(name, 36));
  const [name, figure] = [
    Math.max(...names.map((one) => one.length)),
    Math.max(...shown.map(({ count }) => number(count).length)),
  ];
  const left = counts.slice(most);
  return [
    title,
    ...shown.map(({ count }, i) =>
      `  ${names[i].padEnd(name)}  ${number(count).padStart(figure)}  ${bar(count / highest)}`.trimEnd(),
    ),
    ...(left.length > 0
      ? [`  and ${number(left.length)} more, ${number(left.reduce((sum, { count }) => sum + count, 0))} in all`]
      : []),
    '',
  ];
}

const cut = (text: string, length: number): string => {
  const points = [...text.replace(/\s+/g, ' ')];
  return points.length <= length ? points.join('') : `${points.slice(0, length - 1).join('')}…`;
};

/** The totals and means of a dataset, one a line. */
export function totals(s: DatasetStatistics): string[] {
  const sure = (value: number | null): string => (value === null ? '–' : number(value));
  const rows: [string, string][] = [
    ['articles', number(s.articles)],
    ['patients', number(s.cases)],
    ['figures', number(s.figures)],
    ['images', `${number(s.images)} (${number(s.pictures)} with a picture)`],
    ['authors', number(s.authors)],
    ['patients an article', sure(s.cases_per_article)],
    ['pictures a patient', sure(s.images_per_case)],
    [
      'age',
      s.age.known === 0
        ? 'not known'
        : `mean ${sure(s.age.mean)}, median ${sure(s.age.median)}, ${sure(s.age.min)} to ${sure(s.age.max)}; of ${number(s.age.known)} patients`,
    ],
    [
      'length of a case',
      s.case_text_length.known === 0
        ? '–'
        : `mean ${sure(s.case_text_length.mean)}, median ${sure(s.case_text_length.median)} characters`,
    ],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

/** The numbers of a dataset as text for a terminal. */
export function statisticsTable(s: DatasetStatistics, most = 12): string {
  return [
    ...totals(s),
    '',
    ...bars('Gender', s.genders, most),
    ...pyramid(s),
    ...bars('Year', s.years, 60),
    ...bars('Licence', s.licenses, most),
    ...bars('Language', s.languages, most),
    ...bars('Specialty', s.specialties, most),
    ...bars('Article type', s.article_types, most),
    ...bars('No patient, because', s.skipped, most),
    ...bars('Image type', s.image_types, most),
    ...bars('Image subtype', s.image_subtypes, most),
    ...bars('Region', s.regions, most),
    ...bars('View', s.views, most),
    ...bars('Label', s.labels, most),
    ...bars('Finding', s.findings, most),
    ...bars('Anatomy', s.anatomy, most),
    ...bars('Assertion of findings', s.assertions, most),
    ...bars('Status of figures', s.figure_status, most),
    ...bars('Status of images', s.image_status, most),
    ...bars('Confidence', s.confidence, most),
    ...bars('MeSH term', s.mesh_terms, most),
    ...bars('Keyword', s.keywords, most),
    ...bars('Journal', s.journals, most),
  ].join('\n');
}

/** Women to the left, men to the right. */
function pyramid({ ages }: DatasetStatistics): string[] {
  if (ages.length === 0) return [];
  const half = 20;
  const highest = Math.max(1, ...ages.flatMap(({ female, male }) => [female, male]));
  const figure = Math.max(...ages.flatMap(({ female, male }) => [number(female).length, number(male).length]));
  return [
    'Age (women left, men right)',
    ...[...ages].reverse().map(({ from, to, female, male }) => {
      const left = '█'.repeat(Math.round((female / highest) * half)).padStart(half);
      const right = '█'.repeat(Math.round((male / highest) * half));
      const years = `${from}–${to - 1}`.padStart(7);
      return `  ${number(female).padStart(figure)} ${left} ${years} ${right.padEnd(half)} ${number(male).padStart(figure)}`;
    }),
    '',
  ];
}
