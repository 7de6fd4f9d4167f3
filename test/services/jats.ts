import { escapeXml, proseOf } from './prose.js';
import type { WorldArticle, WorldVersion } from './world.js';

const LICENSE_URLS: Readonly<Record<string, string>> = {
  'CC BY': 'https://creativecommons.org/licenses/by/4.0/',
  'CC BY-NC': 'https://creativecommons.org/licenses/by-nc/4.0/',
  'CC BY-NC-ND': 'https://creativecommons.org/licenses/by-nc-nd/4.0/',
  'CC BY-NC-SA': 'https://creativecommons.org/licenses/by-nc-sa/4.0/',
  'CC BY-SA': 'https://creativecommons.org/licenses/by-sa/4.0/',
  'CC BY-ND': 'https://creativecommons.org/licenses/by-nd/4.0/',
  CC0: 'https://creativecommons.org/publicdomain/zero/1.0/',
};

export interface JatsOptions {
  /** OAI-PMH puts every article into the default namespace of JATS; the others do not. */
  readonly namespace?: boolean;
  /** Front matter only: what one gets of an article that is not open. */
  readonly frontOnly?: boolean;
  readonly version?: WorldVersion;
}

/** The `<article>` element. */
export function jatsOf(article: WorldArticle, options: JatsOptions = {}): string {
  const prose = proseOf(article);
  const [year, month, day] = article.date.split('-').map(Number);
  const code = options.version ? options.version.licenseCode : article.licenseCode;
  const url = LICENSE_URLS[code ?? ''];
  const license = url
    ? `<license xlink:href="${url}"><license-p>Free to use under ${escapeXml(code!)}.</license-p></license>`
    : '<copyright-statement>All rights are with the authors.</copyright-statement>';
  const id = (type: string, value: string | null): string =>
    value === null ? '' : `<article-id pub-id-type="${type}">${escapeXml(value)}</article-id>`;
  const figures = article.figures
    .map(
      (figure, at) =>
        `<fig id="${figure.id}"><label>Figure ${at + 1}</label><caption><p>${escapeXml(prose.captions[at])}</p></caption><graphic xlink:href="${escapeXml(figure.href)}"/></fig>`,
    )
    .join('');
  const body = options.frontOnly
    ? ''
    : `<body><sec sec-type="intro"><title>Introduction</title><p>${escapeXml(prose.introduction)}</p></sec>` +
      `<sec sec-type="cases"><title>Case presentation</title>${prose.presentation.map((text) => `<p>${escapeXml(text)}</p>`).join('')}${figures}</sec>` +
      `<sec><title>Discussion</title><p>${escapeXml(prose.discussion)}</p></sec></body>`;
  const namespace = options.namespace ? ' xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/"' : '';
  return (
    `<article${namespace} xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" article-type="${article.caseReport ? 'case-report' : 'research-article'}" dtd-version="1.3" xml:lang="en">` +
    `<front><journal-meta><journal-title-group><journal-title>${escapeXml(prose.journal)}</journal-title></journal-title-group></journal-meta>` +
    `<article-meta>${id('pmcid', article.pmcid)}${id('pmc-uid', String(article.uid))}${id('pmid', article.pmid)}${id('doi', article.doi)}` +
    `<title-group><article-title>${escapeXml(prose.title)}</article-title></title-group>` +
    `<contrib-group><contrib contrib-type="author"><name><surname>${escapeXml(prose.author.surname)}</surname><given-names>${escapeXml(prose.author.given)}</given-names></name></contrib></contrib-group>` +
    `<pub-date pub-type="epub"><day>${day}</day><month>${month}</month><year>${year}</year></pub-date>` +
    `<permissions>${license}</permissions><abstract><p>${escapeXml(prose.abstract)}</p></abstract></article-meta></front>${body}</article>`
  );
}

/** A document of its own, as the bucket and Europe PMC give it. */
export const jatsDocument = (article: WorldArticle, options: JatsOptions = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.3 20210610//EN" "JATS-archivearticle1-3.dtd">\n${jatsOf(article, options)}\n`;
