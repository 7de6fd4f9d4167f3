import type { Sense } from './sense.js';

/** A place in a caption where a term or rule matched. Offsets are UTF-16; tokens are inclusive indices. */
export interface Hit {
  readonly sense: Sense;
  readonly start: number;
  readonly end: number;
  readonly firstToken: number;
  readonly lastToken: number;
  readonly confidence: number;
  /** The context cue that let it through. */
  readonly cue: { readonly start: number; readonly end: number } | undefined;
}

/** Hits that won, and those that lost with the winner that took their place. */
export interface Resolved {
  readonly winners: readonly Hit[];
  readonly shadowed: readonly { readonly hit: Hit; readonly by: Hit }[];
}

/**
 * The declared, total order of winners: priority, longer, further left, then the order of ids. What is compared is the
 * text covered, so that a long term beats the short ones inside it.
 */
export function compareHits(a: Hit, b: Hit): number {
  return (
    b.sense.priority - a.sense.priority ||
    b.end - b.start - (a.end - a.start) ||
    a.start - b.start ||
    (a.sense.blocks === b.sense.blocks ? 0 : a.sense.blocks ? -1 : 1) ||
    a.sense.index - b.sense.index
  );
}

/** By place, longer first where two begin together: the order in which entities are printed. */
const byPlace = (a: Hit, b: Hit): number =>
  a.start - b.start || b.end - a.end || a.sense.layer - b.sense.layer || a.sense.index - b.sense.index;

/**
 * Decides between hits that overlap. Hits compete inside their layer only: an anatomy inside the name of a finding
 * stays. A winner that blocks keeps its place and is left out. Keeps scratch space between captions.
 */
export class Contest {
  /** Per layer and token: 1 + the index of the hit that has taken it. */
  private occupant = new Int32Array(1024);

  /**
   * @param hits in any order
   * @param tokens number of tokens of the caption
   * @param layers number of layers
   */
  resolve(hits: Hit[], tokens: number, layers: number): Resolved {
    if (hits.length < 2) return { winners: admitted(hits), shadowed: [] };
    const cells = tokens * layers;
    if (cells > this.occupant.length) this.occupant = new Int32Array(cells * 2);
    else this.occupant.fill(0, 0, cells);
    const { occupant } = this;
    if (!occupy(hits, occupant, tokens)) return { winners: admitted(hits).sort(byPlace), shadowed: [] };

    occupant.fill(0, 0, cells);
    hits.sort(compareHits);
    const winners: Hit[] = [];
    const shadowed: { hit: Hit; by: Hit }[] = [];
    hits.forEach((hit, i) => {
      const base = hit.sense.layer * tokens;
      for (let t = hit.firstToken; t <= hit.lastToken; t++) {
        const by = occupant[base + t];
        if (by !== 0) {
          shadowed.push({ hit, by: hits[by - 1] });
          return;
        }
      }
      occupant.fill(i + 1, base + hit.firstToken, base + hit.lastToken + 1);
      if (!hit.sense.blocks) winners.push(hit);
    });
    return { winners: winners.sort(byPlace), shadowed };
  }
}

const admitted = (hits: readonly Hit[]): Hit[] => hits.filter((h) => !h.sense.blocks);

/** Marks the tokens of each hit in its layer. Returns whether two hits of a layer met: mostly none do. */
function occupy(hits: readonly Hit[], occupant: Int32Array, tokens: number): boolean {
  for (const { sense, firstToken, lastToken } of hits) {
    const base = sense.layer * tokens;
    for (let t = firstToken; t <= lastToken; t++) {
      if (occupant[base + t] !== 0) return true;
      occupant[base + t] = 1;
    }
  }
  return false;
}
