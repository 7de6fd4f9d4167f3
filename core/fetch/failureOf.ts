import { SourceError, type SourceFault } from '../plugin/sourceError.js';
import { retryAfterMs } from './backOff.js';

/** A failure with a Retry-After. */
export class AskedToWait extends SourceError {
  constructor(
    fault: SourceFault,
    message: string,
    readonly ms: number,
  ) {
    super(fault, message);
  }
}

/** What a status that is no answer means. @param now milliseconds, for a Retry-After that is a date */
export function failureOf(status: number, retryAfter: string | undefined, shown: string, now: number): SourceError {
  const said = `${shown} answered with status ${status}`;
  const fault = faultOf(status);
  const asked = status === 429 || status === 503 ? retryAfterMs(retryAfter, now) : null;
  return asked === null ? new SourceError(fault, said) : new AskedToWait(fault, said, asked);
}

function faultOf(status: number): SourceFault {
  if (status === 429) return 'too-many-requests';
  // What is below 400 and no answer either is as strange as a failure of the server; 408 is one that says so.
  return status >= 500 || status < 400 || status === 408 ? 'server-error' : 'refused';
}
