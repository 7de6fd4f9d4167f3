import { escapeXml, proseOf } from './prose.js';
import type { WorldArticle } from './world.js';

interface Passage {
  readonly infons: Readonly<Record<string, string>>;
  readonly text: string;
  readonly offset: number;
}

function passagesOf(article: WorldArticle): Passage[] {
  const prose = proseOf(article);
  const passages: Passage[] = [];
  let offset = 0;
  const add = (section: string, type: string, text: string, infons: Readonly<Record<string, string>> = {}): void => {
    passages.push({ infons: { ...infons, section_type: section, type }, text, offset });
    offset += text.length + 1;
  };
  add('TITLE', 'front', prose.title, {
    ...(article.doi === null ? {} : { 'article-id_doi': article.doi }),
    'article-id_pmc': String(article.uid),
    ...(article.pmid === null ? {} : { 'article-id_pmid': article.pmid }),
    name_0: `surname:${prose.author.surname};given-names:${prose.author.given}`,
    license:
      article.licenseCode === null ? 'All rights are with the authors.' : `Free to use under ${article.licenseCode}.`,
    year: article.date.slice(0, 4),
  });
  add('ABSTRACT', 'abstract', prose.abstract);
  add('INTRO', 'title_1', 'Introduction');
  add('INTRO', 'paragraph', prose.introduction);
  add('CASE', 'title_1', 'Case presentation');
  for (const text of prose.presentation) add('CASE', 'paragraph', text);
  article.figures.forEach((figure, at) =>
    add('FIG', 'fig_caption', prose.captions[at], { file: figure.name, id: figure.id }),
  );
  add('DISCUSS', 'title_1', 'Discussion');
  add('DISCUSS', 'paragraph', prose.discussion);
  return passages;
}

/** What the service says of a document's licence in a code. */
const licenseInfon = ({ licenseCode }: WorldArticle): string =>
  licenseCode === null || licenseCode === 'TDM' ? 'NO-CC CODE' : licenseCode;

export function biocXml(article: WorldArticle): string {
  const infon = ([key, value]: readonly [string, string]): string => `<infon key="${key}">${escapeXml(value)}</infon>`;
  return (
    `<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE collection SYSTEM "BioC.dtd"><collection><source>BioC-API</source><date>20240507</date><key>collection.key</key><document><id>${article.uid}</id>${infon(['license', licenseInfon(article)])}` +
    passagesOf(article)
      .map(
        ({ infons, offset, text }) =>
          `<passage>${Object.entries(infons).map(infon).join('')}<offset>${offset}</offset><text>${escapeXml(text)}</text></passage>`,
      )
      .join('') +
    '</document></collection>'
  );
}

/** The service of today answers a list with one collection. */
export const biocJson = (article: WorldArticle): string =>
  JSON.stringify([
    {
      bioctype: 'BioCCollection',
      source: 'PMC',
      date: '20240507',
      key: 'pmc.key',
      version: '1.0',
      infons: {},
      documents: [
        {
          bioctype: 'BioCDocument',
          id: article.pmcid,
          infons: { license: licenseInfon(article) },
          passages: passagesOf(article).map(({ infons, offset, text }) => ({
            bioctype: 'BioCPassage',
            offset,
            infons,
            text,
            sentences: [],
            annotations: [],
            relations: [],
          })),
          annotations: [],
          relations: [],
        },
      ],
    },
  ]);
