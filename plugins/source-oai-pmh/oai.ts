import { attribute, childOf, plainText, type XmlElement } from '../../core/article/index.js';
import { readXml, SourceError, type Http, type HttpAnswer } from '../../core/plugin/index.js';

/** Errors that say that the repository does not have it; they come with the status of success. */
const ABSENT = /<error\s+code="(?:idDoesNotExist|cannotDisseminateFormat|noRecordsMatch)"/;
const ERROR = /<error\s+code="(\w+)"[^>]*>([^<]*)/;

export interface OaiAnswer {
  readonly answer: HttpAnswer;
  readonly root: XmlElement;
}

/** Asks; null where the repository does not have what was asked for. @throws SourceError with its own words */
export async function ask(
  verb: string,
  query: Readonly<Record<string, string | undefined>>,
  http: Http,
): Promise<OaiAnswer | null> {
  const answer = await http.get({
    service: 'oai-pmh',
    path: '/',
    query: { verb, ...query },
    expect: 'xml',
    // What is not there is told in an answer; a 404 is another server.
    absent: [],
    cache: query.resumptionToken === undefined ? 'revalidate' : 'no',
    // Within the envelope, before any record: an article may speak of errors, too.
    isAbsent: (body) => ABSENT.test(body.slice(0, 4096)),
    fault: (body) => {
      const [, code, message] = ERROR.exec(body.slice(0, 4096)) ?? [];
      if (code !== undefined) return `${message.trim()} (${code})`;
      return /<(?:\w+:)?OAI-PMH[\s>]/.test(body.slice(0, 4096)) ? null : 'it is no OAI-PMH';
    },
  });
  if (answer === null) return null;
  const root = await readXml(answer, 'OAI-PMH');
  if (root === null) throw new SourceError('bad-answer', `${answer.url} answered with no OAI-PMH`);
  return { answer, root };
}

/** `oai:pubmedcentral.nih.gov:123` of `PMC123`. */
export const identifierOf = (pmcid: string): string => `oai:pubmedcentral.nih.gov:${pmcid.slice(3)}`;

/** The PMCID in a record's header; null for a record that was deleted. */
export function pmcidOf(header: XmlElement): string | null {
  if (attribute(header, 'status') === 'deleted') return null;
  const digits = /:(\d+)$/.exec(plainText(childOf(header, 'identifier')) ?? '')?.[1];
  return digits === undefined ? null : `PMC${digits}`;
}
