import type { Count, DatasetStatistics } from './statistics.js';

/** A plot as SVG that stands alone. */
export interface Plot {
  /** Of its file: `age-gender`. */
  readonly id: string;
  readonly title: string;
  readonly svg: string;
}

const WIDTH = 720;
const FEMALE = '#c2577a';
const MALE = '#3c7ab5';
const PLAIN = '#4a7a6a';
const MOST = 30;

type Library = typeof import('@observablehq/plot');
type Options = NonNullable<Parameters<Library['plot']>[0]>;

/** All plots of a dataset; what is empty is left out. The library is loaded when it is called. */
export async function plotsOf(s: DatasetStatistics): Promise<Plot[]> {
  const library = await import('@observablehq/plot');
  const { parseHTML } = await import('linkedom');
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const draw = (id: string, title: string, options: Options): Plot => {
    const drawn = library.plot({
      width: WIDTH,
      document: document as never,
      style: { fontSize: '12px' },
      ...options,
    }) as unknown as { outerHTML: string };
    return { id, title, svg: standalone(drawn.outerHTML, title, `legenda-${id}`) };
  };
  const list = (id: string, title: string, counts: readonly Count[]): Plot[] =>
    counts.length === 0 ? [] : [draw(id, title, barsOf(library, counts))];
  return [
    ...(s.ages.length === 0 ? [] : [draw('age-gender', 'Age and gender of patients', pyramidOf(library, s))]),
    ...(s.years.length === 0 ? [] : [draw('years', 'Articles by year', yearsOf(library, s))]),
    ...list('specialties', 'Articles by specialty', s.specialties),
    ...list('image-types', 'Images by type', s.image_types),
    ...list('image-subtypes', 'Images by subtype', s.image_subtypes),
    ...list('regions', 'Images by region', s.regions),
    ...list('labels', 'Labels', s.labels),
    ...list('findings', 'Findings that are present', s.findings),
    ...(s.cooccurrence.labels.length < 2
      ? []
      : [draw('cooccurrence', 'Labels on one image (colour: share of the rarer class)', togetherOf(library, s))]),
    ...list('licenses', 'Articles by licence', s.licenses),
    ...list('status', 'Status of images', s.image_status),
  ];
}

const cut = (name: string): string => (name.length <= 40 ? name : `${name.slice(0, 39)}…`);

function barsOf({ barX, ruleX, text }: Library, counts: readonly Count[]): Options {
  const shown = counts.slice(0, MOST).map(({ name, count }) => ({ name: cut(name), count }));
  return {
    height: 50 + shown.length * 20,
    marginLeft: 40 + 7 * Math.max(...shown.map(({ name }) => name.length)),
    marginRight: 60,
    x: { label: null, grid: true },
    y: { label: null, domain: [...new Set(shown.map(({ name }) => name))] },
    marks: [
      barX(shown, { x: 'count', y: 'name', fill: PLAIN }),
      text(shown, {
        x: 'count',
        y: 'name',
        text: ({ count }: Count) => count.toLocaleString('en'),
        textAnchor: 'start',
        dx: 4,
      }),
      ruleX([0]),
    ],
  };
}

function yearsOf({ barY, ruleY }: Library, { years }: DatasetStatistics): Options {
  const known = years
    .filter(({ name }) => /^\d+$/.test(name))
    .map(({ name, count }) => ({ year: Number(name), count }));
  const every = Math.max(1, Math.ceil(known.length / 14));
  const domain = known.length === 0 ? [] : range(known[0].year, known[known.length - 1].year);
  return {
    height: 260,
    marginLeft: 60,
    x: { label: null, domain, tickFormat: String, ticks: domain.filter((_, i) => i % every === 0) },
    y: { label: 'articles', grid: true },
    marks: [barY(known, { x: 'year', y: 'count', fill: PLAIN }), ruleY([0])],
  };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

function pyramidOf({ barX, ruleX, axisX }: Library, { ages }: DatasetStatistics): Options {
  const name = ({ from, to }: { from: number; to: number }): string => `${from}–${to - 1}`;
  const rows = ages.flatMap((band) => [
    { band: name(band), who: 'women', n: -band.female },
    { band: name(band), who: 'men', n: band.male },
  ]);
  return {
    height: 90 + ages.length * 20,
    marginLeft: 70,
    marginBottom: 50,
    x: { label: null, grid: true },
    y: { label: 'age', domain: ages.map(name).reverse() },
    color: { domain: ['women', 'men'], range: [FEMALE, MALE] },
    marks: [
      axisX({
        tickFormat: (n: number) => Math.abs(n).toLocaleString('en'),
        label: '← women · patients · men →',
        labelAnchor: 'center',
        labelOffset: 42,
      }),
      barX(rows, { x: 'n', y: 'band', fill: 'who' }),
      ruleX([0]),
    ],
  };
}

function togetherOf({ cell, text }: Library, { cooccurrence }: DatasetStatistics): Options {
  const { labels, counts } = cooccurrence;
  const longest = Math.max(...labels.map((label) => cut(label).length));
  const cells = labels.flatMap((a, i) =>
    labels.map((b, j) => ({
      a: cut(a),
      b: cut(b),
      n: counts[i][j],
      share: i === j || counts[i][i] === 0 ? null : counts[i][j] / Math.min(counts[i][i], counts[j][j]),
    })),
  );
  const margin = 30 + 7 * longest;
  return {
    height: WIDTH,
    marginLeft: margin,
    marginBottom: margin,
    padding: 0.03,
    x: { label: null, tickRotate: -60, domain: labels.map(cut) },
    y: { label: null, domain: labels.map(cut) },
    color: { type: 'linear', scheme: 'greens', domain: [0, 1], label: 'share of the rarer class' },
    marks: [
      cell(
        cells.filter(({ share }) => share !== null),
        { x: 'a', y: 'b', fill: 'share' },
      ),
      text(
        cells.filter(({ n }) => n > 0),
        {
          x: 'a',
          y: 'b',
          text: ({ n }: { n: number }) => short(n),
          fontSize: 8,
          fill: ({ share }: { share: number | null }) => ((share ?? 0) > 0.55 ? 'white' : '#222'),
        },
      ),
    ],
  };
}

const short = (n: number): string =>
  n < 1000 ? String(n) : n < 10_000 ? `${(n / 1000).toFixed(1)}k` : `${Math.round(n / 1000)}k`;

/**
 * The library draws for a page: alone, a drawing needs its namespace, its colours and a title. Its class is made anew, so
 * that equal statistics give equal bytes and two drawings on one page do not share rules.
 */
function standalone(html: string, title: string, name: string): string {
  const known = /class="(plot-[0-9a-f]+)"/.exec(html)?.[1];
  const own = known === undefined ? html : html.replaceAll(known, name);
  const escaped = title.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return own
    .replace(/^<svg /, '<svg xmlns="http://www.w3.org/2000/svg" role="img" color="#222" ')
    .replace('--plot-background: white;', 'background: white; --plot-background: white;')
    .replace(/^(<svg [^>]*>)/, `$1<title>${escaped}</title>`);
}
