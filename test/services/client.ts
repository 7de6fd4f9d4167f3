import { PoliteHttp, type SourceHttp } from '../../core/fetch/http.js';
import { mount } from '../../core/plugin/host.js';
import {
  SourceError,
  type Http,
  type HttpAnswer,
  type HttpRequest,
  type PluginContext,
  type Source,
} from '../../core/plugin/index.js';
import type { Services } from './server.js';

/** Sources read no dictionaries and no captions. */
const CONTEXT: PluginContext = {
  engineVersion: '0.0.0',
  lexicon: (name) => {
    throw new Error(`a source asked for the dictionary ${name}`);
  },
  doc: () => {
    throw new Error('a source asked for a document');
  },
};

export interface Client {
  readonly source: Source;
  readonly http: SourceHttp;
  close(): Promise<void>;
}

/** A source that speaks with the local server through the real client, with the host's checks: in haste, but politely. */
export async function clientOf(
  plugin: unknown,
  services: Services,
  options: object = {},
  rate = 100_000,
  attempts = 4,
): Promise<Client> {
  const { processor } = await mount(plugin, 'under test', 'source', options, CONTEXT);
  const http = new PoliteHttp(
    {
      overrides: { baseUrls: new Map(Object.entries(services.urls)), rates: new Map([['*', rate]]) },
      identity: { tool: 'legenda-test', email: 'someone@example.org' },
      backOff: { attempts, firstMs: 2, longestMs: 10 },
      timeouts: { connectMs: 2000, headersMs: 2000, bodyMs: 500, wholeMs: 10_000 },
      sockets: 8,
      longestRetryAfterMs: 2000,
      freshMs: 0,
      signal: new AbortController().signal,
    },
    null,
  );
  return { source: processor, http: http.of(processor), close: () => http.close() };
}

/** A client whose answers are written down: for shapes that the server does not give. `asked` gets every request. */
export function answering(answer: (request: HttpRequest) => string | null, asked: HttpRequest[] = []): Http {
  return {
    signal: new AbortController().signal,
    get(request) {
      asked.push(request);
      const body = answer(request);
      if (body === null || request.isAbsent?.(body)) return Promise.resolve(null);
      const fault = request.fault?.(body);
      if (fault) return Promise.reject(new SourceError('service-error', fault));
      const made: HttpAnswer = {
        url: `https://example.org${request.path}`,
        bytes: new TextEncoder().encode(body),
        text: () => body,
        json: () => JSON.parse(body) as unknown,
      };
      return Promise.resolve(made);
    },
  };
}

/** The ids of an article with a PMCID only. */
export const onlyPmcid = (pmcid: string): { pmcid: string; pmid: null; doi: null } => ({
  pmcid,
  pmid: null,
  doi: null,
});
