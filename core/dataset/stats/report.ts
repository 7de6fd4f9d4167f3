import type { Count, DatasetStatistics } from './statistics.js';
import type { Plot } from './plots.js';

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
const number = (n: number | null): string => (n === null ? '–' : n.toLocaleString('en'));

const STYLE = `
:root { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; color: #222; background: #fff; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; }
.totals { display: flex; flex-wrap: wrap; gap: 1rem; margin: 0; }
.totals div { border: 1px solid #ccc; border-radius: .5rem; padding: .6rem 1rem; min-width: 8rem; }
.totals dt { color: #555; font-size: .85rem; } .totals dd { margin: 0; font-size: 1.3rem; font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0; overflow-x: auto; } svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; margin: .5rem 0; font-variant-numeric: tabular-nums; }
td, th { border-bottom: 1px solid #ddd; padding: .2rem .8rem .2rem 0; text-align: left; } td + td { text-align: right; }
details summary { cursor: pointer; color: #355; } nav a { margin-right: 1rem; }
`;

/** One page with all numbers and plots. It asks for nothing from anywhere: it opens offline, and runs no script. */
export function reportPage(s: DatasetStatistics, plots: readonly Plot[], name: string): string {
  const totals: [string, string][] = [
    ['articles', number(s.articles)],
    ['patients', number(s.cases)],
    ['figures', number(s.figures)],
    ['images', number(s.images)],
    ['with a picture', number(s.pictures)],
    ['authors', number(s.authors)],
    ['mean age', number(s.age.mean)],
    ['median age', number(s.age.median)],
    ['mean length of a case', number(s.case_text_length.mean)],
  ];
  const lists: [string, readonly Count[]][] = [
    ['Gender', s.genders],
    ['Year', s.years],
    ['Licence', s.licenses],
    ['Language', s.languages],
    ['Specialty', s.specialties],
    ['Article type', s.article_types],
    ['No patient, because', s.skipped],
    ['Image type', s.image_types],
    ['Image subtype', s.image_subtypes],
    ['Region', s.regions],
    ['View', s.views],
    ['Label', s.labels],
    ['Label, with all below it', s.labels_with_descendants],
    ['Finding', s.findings],
    ['Anatomy', s.anatomy],
    ['Assertion of findings', s.assertions],
    ['Status of figures', s.figure_status],
    ['Status of images', s.image_status],
    ['Confidence', s.confidence],
    ['MeSH term', s.mesh_terms],
    ['Keyword', s.keywords],
    ['Journal', s.journals],
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escape(name)}: statistics</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escape(name)}</h1>
<dl class="totals">${totals.map(([what, value]) => `<div><dt>${what}</dt><dd>${value}</dd></div>`).join('')}</dl>
<nav aria-label="Plots">${plots.map(({ id, title }) => `<a href="#${id}">${escape(title)}</a>`).join('')}</nav>
${plots.map(({ id, title, svg }) => `<section id="${id}"><h2>${escape(title)}</h2><figure>${svg}</figure></section>`).join('\n')}
<h2>Numbers</h2>
${lists
  .filter(([, counts]) => counts.length > 0)
  .map(([title, counts]) => listOf(title, counts))
  .join('\n')}
</body>
</html>
`;
}

const MOST = 200;

function listOf(title: string, counts: readonly Count[]): string {
  const rows = counts
    .slice(0, MOST)
    .map(({ name, count }) => `<tr><td>${escape(name)}</td><td>${number(count)}</td></tr>`);
  const more = counts.length > MOST ? `<p>and ${number(counts.length - MOST)} more</p>` : '';
  return `<details><summary>${title} (${number(counts.length)})</summary><table><tbody>${rows.join('')}</tbody></table>${more}</details>`;
}
