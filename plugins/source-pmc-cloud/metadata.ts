import { doi, pmcid, pmid } from '../../core/article/index.js';
import { SourceError, type Http, type SourceRecord } from '../../core/plugin/index.js';

/** An object of the bucket as its metadata name it. */
export interface BucketObject {
  /** Path in the bucket, with a slash before it, encoded. */
  readonly path: string;
  readonly name: string;
  readonly md5?: string;
}
/** What is needed again for the text and the figures. */
export interface Memo {
  readonly version: number;
  readonly xml: BucketObject | null;
  readonly media: readonly BucketObject[];
}
export interface VersionRecord extends SourceRecord {
  readonly memo: Memo;
}

/** Any field may be null or missing. */
type Metadata = Readonly<Record<string, unknown>>;

/** What the bucket says of one version, or null where it has no metadata of it. */
export async function recordOf(id: string, version: number, http: Http): Promise<VersionRecord | null> {
  const answer = await http.get({
    service: 'pmc-cloud',
    path: `/metadata/${id}.${version}.json`,
    expect: 'json',
    fault: (body) => (body.includes(`"${id}"`) ? null : `it has no metadata of ${id}`),
  });
  if (answer === null) return null;
  const metadata = (answer.json() ?? {}) as Metadata;
  if (pmcid(textOf(metadata.pmcid)) !== id)
    throw new SourceError('bad-answer', `${answer.url} has no metadata of ${id}`);
  const license = textOf(metadata.license_code);
  return {
    ids: { pmcid: id, pmid: pmid(textOf(metadata.pmid)), doi: doi(textOf(metadata.doi)) },
    license,
    title: textOf(metadata.title),
    ...citationOf(textOf(metadata.citation)),
    manuscript: metadata.is_manuscript === true || license === 'TDM',
    retracted: metadata.is_retracted === true,
    version: String(version),
    memo: {
      version,
      xml: objectOf(metadata.xml_url),
      media: Array.isArray(metadata.media_urls)
        ? metadata.media_urls.flatMap((url: unknown) => objectOf(url) ?? [])
        : [],
    },
  };
}

/** `s3://bucket/PMC1.1/gr1.jpg?md5=…` as an address in the bucket; null for anything else. */
export function objectOf(url: unknown): BucketObject | null {
  const [, key, query] = /^s3:\/\/[^/]+\/([^?]+)(?:\?(.*))?$/.exec(textOf(url) ?? '') ?? [];
  if (key === undefined) return null;
  const md5 = /(?:^|&)md5=([0-9a-f]{32})(?:&|$)/i.exec(query ?? '')?.[1].toLowerCase();
  return {
    path: `/${key.split('/').map(encodeURIComponent).join('/')}`,
    name: key.slice(key.lastIndexOf('/') + 1),
    ...(md5 === undefined ? {} : { md5 }),
  };
}

const textOf = (value: unknown): string | null =>
  typeof value === 'number' ? String(value) : typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Journal and date of `Nature. 2020 Sep 16;585(7825):357-362.`, the form in which the bucket cites. */
function citationOf(citation: string | null): Pick<SourceRecord, 'journal' | 'published'> {
  const [, journal, year, month, day] =
    /^(.+?)\. ((?:18|19|20)\d\d)(?: ([A-Z][a-z]{2})(?: (\d{1,2}))?)?\b/.exec(citation ?? '') ?? [];
  if (journal === undefined) return { journal: null, published: null };
  const at = MONTHS.indexOf(month);
  const two = (number: number): string => String(number).padStart(2, '0');
  return {
    journal,
    published: at < 0 ? year : `${year}-${two(at + 1)}${day === undefined ? '' : `-${two(Number(day))}`}`,
  };
}
