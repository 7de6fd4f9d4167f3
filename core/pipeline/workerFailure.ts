/** A worker reported an error that is not of one record. The message is made for the user; `code` is its exit code. */
export class WorkerFailure extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = 'WorkerFailure';
  }
}
