import { bibtex, CITED_COLUMNS, cslJson } from '../citations.js';
import { dataDictionary } from '../dataDictionary.js';
import { LAYOUT } from '../layout.js';
import { licensePage, type Licenses } from './licenses.js';
import type { OutputFolder } from './outputFolder.js';
import type { ExportSource } from './source.js';

/** Names of the files that go along with every export: whose work it is, and under which licences. */
export const COMPANIONS = { licenses: 'LICENSES.md', bibtex: 'citations.bib', csl: 'citations.json' } as const;

/** Writes licences, citations of all articles, the data dictionary, and the classes that labels are from. */
export async function writeCompanions(source: ExportSource, out: OutputFolder, licenses: Licenses): Promise<void> {
  out.text(COMPANIONS.licenses, licensePage(licenses));
  out.text(LAYOUT.dictionary, dataDictionary());
  if (source.taxonomy) out.text(LAYOUT.taxonomy, `${JSON.stringify(source.taxonomy, null, 2)}\n`);
  const bib = out.file(COMPANIONS.bibtex);
  const csl = out.file(COMPANIONS.csl);
  let first = true;
  for await (const article of source.columns('articles', CITED_COLUMNS)) {
    bib.write(`${first ? '' : '\n'}${bibtex(article)}`);
    csl.write(`${first ? '[\n' : ',\n'}${JSON.stringify(cslJson(article))}`);
    first = false;
  }
  csl.write(first ? '[]\n' : '\n]\n');
  bib.close();
  csl.close();
}
