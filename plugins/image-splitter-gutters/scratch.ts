type Numbers = Uint16Array | Int16Array | Float32Array | Float64Array;

/**
 * One row of numbers that a function uses while it runs and does not hand on. Fresh memory for each line or letter of a
 * figure keeps the collector of garbage busy on the cores that other workers need.
 */
export class Scratch<T extends Numbers> {
  private numbers: T;

  constructor(private readonly make: (length: number) => T) {
    this.numbers = make(0);
  }

  /** The row, at least so long, with its first `length` numbers set to `value`; what it held before is gone. */
  take(length: number, value = 0): T {
    if (this.numbers.length < length) this.numbers = this.make(Math.max(length, 2 * this.numbers.length));
    this.numbers.fill(value, 0, length);
    return this.numbers;
  }
}
