/** Why something could not be had from a source. The list is fixed: summaries count by it. */
export type SourceFault =
  /** No connection, or it was cut. */
  | 'connection'
  /** Nothing came for too long. */
  | 'timeout'
  /** 429, or another refusal to answer so often. */
  | 'too-many-requests'
  /** A status from 500 on. */
  | 'server-error'
  /** A status from 400 on that no repetition will change. */
  | 'refused'
  /** Status 200, but an HTML page. */
  | 'html'
  /** Status 200, but the body says that something failed. */
  | 'service-error'
  /** Status 200, but not what was asked for. */
  | 'bad-answer'
  /** Fewer or more bytes than the headers say. */
  | 'length'
  /** Not the checksum that the service states. */
  | 'checksum'
  /** Larger than is taken. */
  | 'too-large'
  /** Metadata without a text. */
  | 'no-body'
  /** Another article than the one that was asked for. */
  | 'wrong-article'
  /** XML or JSON that cannot be read. */
  | 'not-well-formed'
  /** An archive or an XML file that is made to do harm. */
  | 'unsafe'
  /** Not there. */
  | 'absent'
  /** The user stopped the pass. */
  | 'stopped';

const TRANSIENT: ReadonlySet<SourceFault> = new Set([
  'connection',
  'timeout',
  'too-many-requests',
  'server-error',
  'html',
  'service-error',
  'bad-answer',
  'length',
  'checksum',
]);

/** Something that could not be had. The message is one sentence and names the address without keys. */
export class SourceError extends Error {
  constructor(
    readonly fault: SourceFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SourceError';
  }

  /** Whether the same request may well succeed a little later. */
  get transient(): boolean {
    return TRANSIENT.has(this.fault);
  }
}
