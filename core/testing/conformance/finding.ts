/** What of the contract is looked at, by name. */
export type Check =
  /** The interface number. */
  | 'api'
  /** Name, version, slot, set-up, the processor's methods. */
  | 'shape'
  /** The schema of the options, its defaults and the examples. */
  | 'options'
  /** It can be set up. */
  | 'set-up'
  /** It answers the samples without throwing. */
  | 'samples'
  /** Results are of the right shape, spans inside the text. */
  | 'result'
  /** Input is left as it was. */
  | 'input'
  /** The same input gives the same answer: twice, in another order, after another set-up. */
  | 'deterministic'
  /** Any text is read without throwing. */
  | 'unicode'
  /** Bad files are refused by an Error with one sentence. */
  | 'bad-bytes';

/** One way in which a plugin breaks the contract. */
export interface Finding {
  readonly check: Check;
  /** One sentence. */
  readonly message: string;
  /** The sample that showed it. */
  readonly sample?: string;
}

/** A plugin that breaks the contract; the message lists how. */
export class ConformanceError extends Error {
  constructor(
    readonly plugin: string,
    readonly findings: readonly Finding[],
  ) {
    const lines = findings.map(
      ({ check, message, sample }) => `  ${check}: ${message}${sample === undefined ? '' : ` [${sample}]`}`,
    );
    super(`plugin '${plugin}' does not keep the contract:\n${lines.join('\n')}`);
    this.name = 'ConformanceError';
  }
}
