import {
  attribute,
  childOf,
  childrenOf,
  descendantsOf,
  doi,
  plainText,
  pmcid,
  pmid,
  rawText,
  type Author,
  type LicenseEvidence,
  type XmlElement,
} from '../../core/article/index.js';
import { inlineOf, lineOf } from './inline.js';

const TYPED: Readonly<Record<'pmcid' | 'pmid' | 'doi', readonly string[]>> = {
  pmcid: ['pmcid', 'pmc', 'pmcid-ver', 'pmc-uid'],
  pmid: ['pmid', 'pubmed', 'medline'],
  doi: ['doi'],
};

/** The ids that an article states. PMC's `pmc` id has come with and without its letters. */
export function idsOf(meta: XmlElement | null): { pmcid: string | null; pmid: string | null; doi: string | null } {
  const ids = childrenOf(meta, 'article-id');
  const first = (types: readonly string[], read: (raw: string) => string | null): string | null => {
    for (const type of types) {
      for (const id of ids) {
        const value = attribute(id, 'pub-id-type')?.toLowerCase() === type ? read(rawText(id)) : null;
        if (value !== null) return value;
      }
    }
    return null;
  };
  return { pmcid: first(TYPED.pmcid, pmcid), pmid: first(TYPED.pmid, pmid), doi: first(TYPED.doi, doi) };
}

/** Title, with its subtitle behind a colon as PubMed prints it. */
export function titleOf(meta: XmlElement | null): string | null {
  const group = childOf(meta, 'title-group');
  const title = lineOf(childOf(group, 'article-title'));
  const subtitle = lineOf(childOf(group, 'subtitle'));
  if (title === null || subtitle === null) return title ?? subtitle;
  return /[:?!.]$/.test(title) ? `${title} ${subtitle}` : `${title}: ${subtitle}`;
}

/** The journal's full title, else its best abbreviation. */
export function journalOf(journal: XmlElement | null): string | null {
  const title = childOf(journal, 'journal-title-group', 'journal-title') ?? childOf(journal, 'journal-title');
  const short =
    childOf(journal, 'journal-title-group', 'abbrev-journal-title') ?? childOf(journal, 'abbrev-journal-title');
  const coded = (type: string): XmlElement | null =>
    childrenOf(journal, 'journal-id').find((id) => attribute(id, 'journal-id-type') === type) ?? null;
  return plainText(title) ?? plainText(short) ?? plainText(coded('iso-abbrev')) ?? plainText(coded('nlm-ta'));
}

/** Kinds of dates, that of the issue before that on the web. A release in an archive is no publication. */
const DATES = ['ppub', 'collection', 'issue-pub', 'issue', 'pub', 'epub', 'electronic', 'epub-ppub', 'epreprint', ''];
const NO_PUBLICATION = /release|nihms|retracted|corrected|received|accepted|revised|preprint|license|embargo/;

/** Year of the citation, and the day of the first publication as far as it is told. */
export function datesOf(meta: XmlElement | null): { year: number | null; published: string | null } {
  const dates = childrenOf(meta, 'pub-date').flatMap((date) => {
    const type = (attribute(date, 'pub-type') ?? attribute(date, 'date-type') ?? '').toLowerCase();
    const day = dayOf(date);
    return day === null || NO_PUBLICATION.test(type) ? [] : [{ type, day }];
  });
  const rank = (type: string): number => (DATES.indexOf(type) + DATES.length + 1) % (DATES.length + 1);
  const cited = [...dates].sort((a, b) => rank(a.type) - rank(b.type))[0];
  const year = cited ? Number(cited.day.slice(0, 4)) : copyrightYear(meta);
  const whole = dates.map(({ day }) => day).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return { year, published: whole[0] ?? null };
}

function copyrightYear(meta: XmlElement | null): number | null {
  const year = /\b(?:19|20)\d\d\b/.exec(rawText(childOf(meta, 'permissions', 'copyright-year')))?.[0];
  return year ? Number(year) : null;
}

function dayOf(date: XmlElement): string | null {
  const iso = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(attribute(date, 'iso-8601-date') ?? '');
  const year =
    /\d{4}/.exec(rawText(childOf(date, 'year')))?.[0] ??
    iso?.[1] ??
    /\b(?:19|20)\d\d\b/.exec(rawText(childOf(date, 'string-date')))?.[0];
  if (!year) return null;
  const part = (name: string, from: string | undefined, most: number): string | null => {
    const n = Number(rawText(childOf(date, name)).trim() || from);
    return Number.isInteger(n) && n >= 1 && n <= most ? String(n).padStart(2, '0') : null;
  };
  const month = part('month', iso?.[2], 12);
  const day = month && part('day', iso?.[3], 31);
  return [year, month, day].filter(Boolean).join('-');
}

/** What the permissions say: addresses that are given as the licence first, then its words with their links. */
export function licenseEvidence(meta: XmlElement | null): LicenseEvidence {
  const permissions = childrenOf(meta, 'permissions');
  const licenses = permissions.flatMap((element) => childrenOf(element, 'license'));
  const addresses: string[] = [];
  const texts: string[] = [];
  for (const license of licenses) {
    const href = attribute(license, 'href');
    if (href) addresses.push(href);
    for (const reference of childrenOf(license, 'license_ref')) addresses.push(rawText(reference).trim());
  }
  for (const license of licenses) {
    const links = [...descendantsOf(license, 'ext-link'), ...descendantsOf(license, 'uri')].map(
      (link) => attribute(link, 'href') ?? '',
    );
    const words = [lineOf(license) ?? '', ...links, attribute(license, 'license-type') ?? ''];
    texts.push(words.join(' ').trim());
  }
  for (const element of permissions) {
    for (const reference of childrenOf(element, 'license_ref')) addresses.push(rawText(reference).trim());
  }
  return { addresses, codes: [], texts: texts.filter(Boolean) };
}

/** The words beside a licence element in which some journals name it. */
export function copyrightWords(meta: XmlElement | null): string[] {
  const permissions = childrenOf(meta, 'permissions');
  const statements = permissions.flatMap((element) => childrenOf(element, 'copyright-statement'));
  return [...statements, ...childrenOf(meta, 'copyright-statement')].flatMap((element) => lineOf(element) ?? []);
}

/** The authors in their order, with the affiliations they point to. */
export function authorsOf(meta: XmlElement | null): Author[] {
  const groups = childrenOf(meta, 'contrib-group');
  const shared = new Map<string, string>();
  for (const aff of descendantsOf(meta, 'aff')) {
    const id = attribute(aff, 'id');
    const text = affiliation(aff);
    if (id && text) shared.set(id, text);
  }
  return groups.flatMap((group) => {
    // A group with one affiliation and no pointers to it means it for everybody.
    const common = childrenOf(group, 'aff').length === 1 ? childrenOf(group, 'aff') : [];
    return childrenOf(group, 'contrib').flatMap((contrib) => {
      const type = attribute(contrib, 'contrib-type');
      if (type !== null && type !== 'author') return [];
      const name = nameOf(contrib);
      if (!name) return [];
      const pointers = childrenOf(contrib, 'xref').filter((xref) => attribute(xref, 'ref-type') === 'aff');
      const pointed = pointers
        .flatMap((xref) => (attribute(xref, 'rid') ?? '').split(/\s+/))
        .flatMap((id) => shared.get(id) ?? []);
      const own = childrenOf(contrib, 'aff').flatMap((aff) => affiliation(aff) ?? []);
      const affiliations = [...new Set([...pointed, ...own])];
      const fallback = affiliations.length > 0 ? affiliations : common.flatMap((aff) => affiliation(aff) ?? []);
      return [{ ...name, orcid: orcidOf(contrib), affiliations: fallback }];
    });
  });
}

function nameOf(contrib: XmlElement): Pick<Author, 'surname' | 'given_names' | 'collective'> | null {
  const name =
    childOf(contrib, 'name') ??
    childOf(contrib, 'name-alternatives', 'name') ??
    childOf(contrib, 'string-name') ??
    childOf(contrib, 'name-alternatives', 'string-name');
  const surname = plainText(childOf(name, 'surname'));
  if (surname) {
    const suffix = plainText(childOf(name, 'suffix'));
    return { surname: suffix ? `${surname} ${suffix}` : surname, given_names: plainText(childOf(name, 'given-names')) };
  }
  const whole = plainText(name) ?? plainText(childOf(name, 'given-names'));
  if (whole) return { surname: whole, given_names: null };
  const collab = childOf(contrib, 'collab') ?? childOf(contrib, 'collab-alternatives', 'collab');
  const group = plainText(
    collab && {
      ...collab,
      children: collab.children.filter((node) => typeof node === 'string' || node.name !== 'contrib-group'),
    },
  );
  return group ? { surname: group, given_names: null, collective: true } : null;
}

const NO_AFFILIATION = new Set(['label', 'sup', 'institution-id', 'email', 'ext-link']);

/** The words of an affiliation. Parts that stand with nothing between them are set apart by a comma. */
function affiliation(aff: XmlElement): string | null {
  let text = '';
  let afterElement = false;
  const read = (element: XmlElement): void => {
    for (const node of element.children) {
      if (typeof node === 'string') {
        text += node;
        if (node.trim() !== '') afterElement = false;
      } else if (node.name === 'institution-wrap') read(node);
      else if (!NO_AFFILIATION.has(node.name)) {
        if (afterElement) text += ', ';
        text += rawText(node);
        afterElement = true;
      }
    }
  };
  read(aff);
  const spaced = text
    .replace(/\s+/g, ' ')
    .replace(/ ([,;.])/g, '$1')
    .replace(/([,;])[,;]+/g, '$1');
  return spaced.replace(/^[\s,;.]+/, '').replace(/[\s,;]+$/, '') || null;
}

function orcidOf(contrib: XmlElement): string | null {
  const id = childrenOf(contrib, 'contrib-id').find((element) =>
    /orcid/i.test(attribute(element, 'contrib-id-type') ?? rawText(element)),
  );
  return /\d{4}-\d{4}-\d{4}-\d{3}[\dX]/.exec(rawText(id))?.[0] ?? null;
}

/** Groups of `kwd` that are no keywords of the authors. */
const NO_KEYWORDS = /abbrev|subject|jel|pacs|ocis|msc|classification|heading|highlights|research-area|taxonomy/i;
const MESH = /mesh/i;

export function keywordsOf(
  meta: XmlElement | null,
  language: string | null,
): { keywords: string[]; mesh_terms: string[] } {
  const groups = childrenOf(meta, 'kwd-group');
  const type = (group: XmlElement): string => attribute(group, 'kwd-group-type') ?? '';
  const ofAuthors = groups.filter((group) => !NO_KEYWORDS.test(type(group)) && !MESH.test(type(group)));
  const own = ofAuthors.filter((group) => {
    const lang = attribute(group, 'lang');
    return lang === null || language === null || lang.toLowerCase().startsWith(language);
  });
  const words = (from: readonly XmlElement[]): string[] => [...new Set(from.flatMap(keywordsIn))];
  return {
    keywords: words(own.length > 0 ? own : ofAuthors),
    mesh_terms: words(groups.filter((group) => MESH.test(type(group)))),
  };
}

function keywordsIn(group: XmlElement): string[] {
  return childrenOf(group).flatMap((node) => {
    if (node.name === 'kwd') return inlineOf(node).text.replace(/[\s;,.]+$/, '') || [];
    if (node.name === 'nested-kwd') return keywordsIn(node);
    if (node.name === 'compound-kwd')
      return (
        childrenOf(node, 'compound-kwd-part')
          .map((part) => plainText(part))
          .filter(Boolean)
          .join(' ') || []
      );
    return [];
  });
}

/** Headings under which the journal files the article. */
export function subjectsOf(meta: XmlElement | null): string[] {
  const categories = childOf(meta, 'article-categories');
  return [...new Set(descendantsOf(categories, 'subject').flatMap((subject) => plainText(subject) ?? []))];
}
