import {
  attribute,
  childOf,
  childrenOf,
  descendantsOf,
  doi,
  plainText,
  pmcid,
  pmid,
  type XmlElement,
} from '../../core/article/index.js';
import type { SourceRecord } from '../../core/plugin/index.js';

/** What an article's front matter says of it. */
export function recordOf(article: XmlElement, id: string): SourceRecord {
  const meta = childOf(article, 'front', 'article-meta');
  const journal = childOf(article, 'front', 'journal-meta');
  const idOf = (...types: string[]): string | null =>
    plainText(childrenOf(meta, 'article-id').find((held) => types.includes(attribute(held, 'pub-id-type') ?? '')));
  return {
    ids: { pmcid: pmcid(idOf('pmcid', 'pmc', 'pmc-uid')) ?? id, pmid: pmid(idOf('pmid')), doi: doi(idOf('doi')) },
    license: licenseOf(meta),
    title: plainText(childOf(meta, 'title-group', 'article-title')),
    journal: plainText(childOf(journal, 'journal-title-group', 'journal-title') ?? childOf(journal, 'journal-title')),
    published: publishedOf(meta),
    manuscript: idOf('manuscript', 'manuscript-id') !== null,
  };
}

/** The licence as the article states it: an address where there is one, else its words. */
function licenseOf(meta: XmlElement | null): string | null {
  const license = childOf(meta, 'permissions', 'license');
  if (license === null) return null;
  const links = [license, ...descendantsOf(license, 'ext-link')].flatMap((held) => attribute(held, 'href') ?? []);
  return plainText(descendantsOf(license, 'license_ref')[0]) ?? links[0] ?? plainText(license);
}

function publishedOf(meta: XmlElement | null): string | null {
  const dates = childrenOf(meta, 'pub-date');
  // The release in PMC is no publication.
  const date = dates.find((held) => !/pmc|nihms/.test(attribute(held, 'pub-type') ?? '')) ?? dates[0];
  const part = (name: string): string | null => plainText(childOf(date, name))?.padStart(2, '0') ?? null;
  const [year, month, day] = ['year', 'month', 'day'].map(part);
  if (!year || !/^\d{4}$/.test(year)) return null;
  if (!month || !/^\d\d$/.test(month)) return year;
  return day && /^\d\d$/.test(day) ? `${year}-${month}-${day}` : `${year}-${month}`;
}
