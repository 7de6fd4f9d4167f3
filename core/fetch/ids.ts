import { doi } from '../article/index.js';
import type { ArticleIds } from '../plugin/contract.js';

/**
 * An id as people write it: `PMC123` (with a version or not), a PMID as digits, a DOI with or without its resolver, or
 * the address of an article at PMC or PubMed. Digits alone are a PMID, as everywhere in the field.
 */
export function readId(raw: string): ArticleIds | null {
  const text = raw.trim().replace(/^["'<]+|[>"',;]+$/g, '');
  const pmc = /^(?:https?:\/\/\S*\/)?(PMC\d+)(?:\.\d+)?\/?$/i.exec(text)?.[1];
  if (pmc) return { pmcid: pmc.toUpperCase(), pmid: null, doi: null };
  const pmid = /^(?:pmid:?\s*|https?:\/\/pubmed\.ncbi\.nlm\.nih\.gov\/)?(\d{1,9})\/?$/i.exec(text)?.[1];
  if (pmid) return { pmcid: null, pmid: String(Number(pmid)), doi: null };
  const name = doi(text);
  return name === null ? null : { pmcid: null, pmid: null, doi: name };
}

export interface IdLine {
  readonly line: number;
  readonly raw: string;
  readonly ids: ArticleIds | null;
}

/** The ids of a list: one a line, or in the first column; blank lines and `#` comments aside, and a header that names none. */
export function readIdList(text: string): IdLine[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.flatMap((line, at): IdLine[] => {
    const raw = line.replace(/(^|\s)#.*$/, '').trim();
    if (raw === '') return [];
    const ids = readId(raw.split(/[,;\t]/)[0]) ?? readId(raw);
    if (ids === null && at === 0 && /^[a-z_ ]+\b/i.test(raw) && !/\d/.test(raw)) return [];
    return [{ line: at + 1, raw, ids }];
  });
}
