import type { Http, Source } from '../../plugin/contract.js';
import { SourceError } from '../../plugin/sourceError.js';
import type { Trial, Trials } from './trials.js';

const IDS = { pmcid: 'PMC1', pmid: '1', doi: '10.1/x' };
const BODIES = ['', 'null', '{}', '[]', '{"error": "no"}', '<error/>', '<html></html>', '\u0000'];
const never = new AbortController().signal;

/** Services that do not have it, that cannot be reached, or that answer what nobody can read. */
export function sourceTrials(): Trials<'source'> {
  // A source may say that no status means absence.
  const absent: Http = {
    signal: never,
    get: ({ absent: statuses }) =>
      statuses?.length === 0
        ? Promise.reject(new SourceError('refused', 'The service answered 404.'))
        : Promise.resolve(null),
  };
  const down: Http = {
    signal: never,
    get: () => Promise.reject(new SourceError('connection', 'The service cannot be reached.')),
  };
  return {
    // Whether the service has it, an answer of nothing is an answer.
    samples: [],
    hostile: [],
    bad: [
      ...questions('absent', absent),
      ...questions('down', down),
      ...BODIES.flatMap((body) => questions(`answers ${JSON.stringify(body)}`, saying(body))),
    ].map((trial) => ({ ...trial, refuse: false })),
  };
}

function saying(body: string): Http {
  const answer = {
    url: 'https://service.example/',
    bytes: new TextEncoder().encode(body),
    text: () => body,
    json: (): unknown => {
      try {
        return JSON.parse(body) as unknown;
      } catch (error) {
        throw new SourceError('bad-answer', 'The answer is no JSON.', { cause: error });
      }
    },
  };
  return {
    signal: never,
    async get({ isAbsent, fault }) {
      await Promise.resolve();
      if (isAbsent?.(body)) return null;
      const why = fault?.(body) ?? null;
      if (why !== null) throw new SourceError('service-error', `The service failed: ${why}.`);
      return answer;
    },
  };
}

/** Pages of a search that are looked at. */
const PAGES = 3;

function questions(name: string, http: Http): Trial<'source'>[] {
  const trial = (method: string, ask: (source: Source) => unknown): Trial<'source'> => ({
    name: `${method}, ${name}`,
    ask: (source) => ask(source),
  });
  return [
    trial('search', async ({ search }) => {
      const pages = search?.({ text: 'rash' }, http)[Symbol.asyncIterator]();
      let seen = 0;
      while (pages && seen < PAGES && !(await pages.next()).done) seen++;
      await pages?.return?.();
      return seen;
    }),
    trial('count', (source) => source.count?.({ text: 'rash' }, http)),
    trial('identify', (source) => source.identify?.([IDS], http)),
    trial('describe', (source) => source.describe?.([IDS], http)),
    trial('text', (source) => source.text?.({ ids: IDS, record: null }, http)),
    trial('files', (source) => source.files?.({ ids: IDS, record: null }, http)),
    trial('pubmed', (source) => source.pubmed?.(['1'], http)),
  ];
}
