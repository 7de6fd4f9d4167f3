import type { ArticleIds, SourceQuery } from '../../core/plugin/index.js';

/** Europe PMC wants both ends of a range. */
const FIRST_DAY = '1600-01-01';
const LAST_DAY = '3000-12-31';

/** A search in the words of Europe PMC: what the user wrote, between brackets, and what else is asked. */
export function queryText({ text, from, to, since, licenses }: SourceQuery): string {
  const parts = [`(${text})`];
  if (from !== undefined || to !== undefined) parts.push(`FIRST_PDATE:[${from ?? FIRST_DAY} TO ${to ?? LAST_DAY}]`);
  if (since !== undefined) parts.push(`FIRST_IDATE:[${since} TO ${LAST_DAY}]`);
  if (licenses && licenses.length > 0)
    parts.push(`(${licenses.map((name) => `LICENSE:"${name.toLowerCase()}"`).join(' OR ')})`);
  return parts.join(' AND ');
}

/** A search for articles by whichever of their ids is the surest. */
export function idsText(articles: readonly ArticleIds[]): string {
  return articles
    .flatMap(({ pmcid, pmid, doi }) => {
      if (pmcid !== null) return `PMCID:${pmcid}`;
      if (pmid !== null) return `(EXT_ID:${pmid} AND SRC:MED)`;
      return doi === null ? [] : `DOI:"${doi.replace(/["\\]/g, '')}"`;
    })
    .join(' OR ');
}
