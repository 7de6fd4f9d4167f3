/** A request as a service sees it: `path` is what stands behind its base address. */
export interface Ask {
  readonly path: string;
  readonly params: URLSearchParams;
}
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}
export type Service = (ask: Ask) => Answer;

const answer =
  (type: string) =>
  (body: string | Buffer, status = 200, headers?: Readonly<Record<string, string>>): Answer => ({
    status,
    type,
    body: typeof body === 'string' ? Buffer.from(body) : body,
    headers,
  });

export const xml = answer('text/xml; charset=UTF-8');
export const json = answer('application/json');
export const html = answer('text/html; charset=UTF-8');
export const bytes = answer('application/octet-stream');
export const text = answer('text/plain; charset=UTF-8');
