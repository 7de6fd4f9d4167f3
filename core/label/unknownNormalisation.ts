/** A normalisation map was asked for that no pack has. */
export class UnknownNormalisation extends RangeError {
  constructor(name: string, known: readonly string[]) {
    super(`no normalisation map is called '${name}'; the packs have: ${known.join(', ') || 'none'}`);
  }
}
