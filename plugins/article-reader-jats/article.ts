import {
  articleId,
  attribute,
  childOf,
  childrenOf,
  languageCode,
  type Article,
  type FloatLabel,
  type LicenseEvidence,
  type LicenseReading,
  type XmlElement,
} from '../../core/article/index.js';
import { abstractText, backSectionsOf, sectionsOf } from './body.js';
import { figuresOf, tablesOf, targetsOf } from './floats.js';
import {
  authorsOf,
  copyrightWords,
  datesOf,
  idsOf,
  journalOf,
  keywordsOf,
  licenseEvidence,
  subjectsOf,
  titleOf,
} from './metadata.js';

export interface Tools {
  license(evidence: LicenseEvidence): LicenseReading;
  floatLabel(text: string): FloatLabel | null;
}

/** An article from its element; `index` counts the articles of the file. */
export function readArticle(element: XmlElement, file: string, index: number, tools: Tools): Article {
  const front = childOf(element, 'front');
  const meta = childOf(front, 'article-meta');
  const ids = idsOf(meta);
  const language = languageCode(attribute(element, 'lang'));
  const { license, unknown } = licenseOf(meta, tools);
  const { keywords, mesh_terms } = keywordsOf(meta, language);
  const figures = figuresOf(element, language, (text) => tools.floatLabel(text));
  const targets = targetsOf(element);
  const body = childOf(element, 'body');
  return {
    article_id: articleId(ids, file, index),
    file,
    language,
    article_type: attribute(element, 'article-type')?.toLowerCase() || null,
    ...ids,
    title: titleOf(meta),
    journal: journalOf(childOf(front, 'journal-meta')),
    ...datesOf(meta),
    license,
    authors: authorsOf(meta),
    keywords,
    mesh_terms,
    publication_types: [],
    subjects: subjectsOf(meta),
    abstract: abstractText(mainAbstract(meta)),
    sections: body ? [...sectionsOf(body, targets), ...backSectionsOf(childOf(element, 'back'), targets)] : [],
    figures,
    tables: tablesOf(element, language),
    warnings: unknown === null ? [] : [`The licence is not understood: “${shortened(unknown)}”.`],
  };
}

function licenseOf(meta: XmlElement | null, tools: Tools): LicenseReading {
  const reading = tools.license(licenseEvidence(meta));
  if (reading.license !== null && reading.license !== 'other') return reading;
  const beside = tools.license({ addresses: [], codes: [], texts: copyrightWords(meta) });
  return beside.license !== null && beside.license !== 'other' ? beside : reading;
}

/** The abstract that sums up the article: one without a type, else one that is not of a special kind. */
function mainAbstract(meta: XmlElement | null): XmlElement | null {
  const abstracts = childrenOf(meta, 'abstract');
  const type = (abstract: XmlElement): string => attribute(abstract, 'abstract-type') ?? '';
  return abstracts.find((held) => type(held) === '') ?? abstracts.find((held) => !SPECIAL.test(type(held))) ?? null;
}
const SPECIAL = /graphic|teaser|toc|key|highlight|pr[ée]cis|short|executive|plain|lay|video|editor|quote|trans/i;

const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);
