/** A table from hashes of ids to lines in two flat columns: a fourth of the memory that a `Map` of doubles takes. */
export class IdTable {
  private keys = new Float64Array(1 << 12);
  private lines = new Uint32Array(1 << 12);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The line of a hash, or undefined. A hash is a positive whole number. */
  get(hash: number): number | undefined {
    const at = this.slotOf(hash);
    return this.keys[at] === 0 ? undefined : this.lines[at];
  }

  set(hash: number, line: number): void {
    if (this.count * 2 >= this.keys.length) this.grow();
    const at = this.slotOf(hash);
    if (this.keys[at] === 0) this.count++;
    this.keys[at] = hash;
    this.lines[at] = line;
  }

  private slotOf(hash: number): number {
    const { keys } = this;
    const mask = keys.length - 1;
    let at = Math.imul(hash % 0x1_0000_0000, 0x9e3779b1) >>> 7;
    for (at &= mask; keys[at] !== 0 && keys[at] !== hash;) at = (at + 1) & mask;
    return at;
  }

  private grow(): void {
    const { keys, lines } = this;
    this.keys = new Float64Array(keys.length * 2);
    this.lines = new Uint32Array(keys.length * 2);
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === 0) continue;
      const at = this.slotOf(keys[i]);
      this.keys[at] = keys[i];
      this.lines[at] = lines[i];
    }
  }
}
