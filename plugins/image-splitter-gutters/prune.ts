import type { SplitterConstants } from './constants.js';
import type { Cut } from './cut.js';
import type { Node } from './tree.js';

/** A pruned tree: its leaves, and how sure it is. */
export interface Pruned {
  readonly leaves: readonly { readonly node: Node; readonly cuts: readonly Cut[] }[];
  /** The weakest cut made and the strongest not made, beside what was asked of each; null where there is none. */
  readonly weakest: number | null;
  readonly strongest: number | null;
}

/** What is asked of a node's cut when nobody says how many panels there are. */
export const asked = (node: Node, c: SplitterConstants): number =>
  node.children?.every((child) => child.sparse) ? c.thresholdSparse : c.threshold;

/** Log-odds that a cut is right, above what is asked of it. One poor cut costs more than a good one repairs. */
function worthOf(node: Node, c: SplitterConstants): number {
  const p = Math.min(0.99, Math.max(0.01, node.cut!.score - asked(node, c) + 0.5));
  return Math.log(p / (1 - p));
}

/**
 * Makes every cut that is good enough, by itself or by those that it leads to: a narrow gap between rows of charts
 * is believed when the rows then fall apart into panels.
 */
export function pruneByThreshold(root: Node, c: SplitterConstants): Pruned {
  const gain = (node: Node): number => {
    if (!node.cut || !node.children) return 0;
    const [a, b] = node.children.map(gain);
    // What lies below counts for less, and cannot save a cut for which nothing speaks.
    const own = worthOf(node, c);
    const below = Math.min(c.lookAheadMost, c.lookAhead * (a + b));
    return Math.max(0, own + below);
  };
  return collect(root, (node) => gain(node) > 0, c);
}

/** Makes the best set of cuts that leaves exactly `count` leaves, or null where the tree has not so many. */
export function pruneToCount(root: Node, count: number, c: SplitterConstants): Pruned | null {
  const plans = new Map<Node, readonly (Plan | undefined)[]>();
  const best = plan(root, count, c, plans)[count];
  if (!best) return null;
  return collect(root, (node) => best.cut.has(node), c);
}

interface Plan {
  readonly worth: number;
  readonly cut: ReadonlySet<Node>;
}

/** The best plan of a node for each number of leaves up to `most`. */
function plan(
  node: Node,
  most: number,
  c: SplitterConstants,
  plans: Map<Node, readonly (Plan | undefined)[]>,
): readonly (Plan | undefined)[] {
  const known = plans.get(node);
  if (known) return known;
  const out: (Plan | undefined)[] = [undefined, { worth: 0, cut: new Set() }];
  if (node.cut && node.children && most > 1) {
    const [left, right] = node.children.map((child) => plan(child, most - 1, c, plans));
    const own = worthOf(node, c);
    for (let i = 1; i < left.length; i++)
      for (let j = 1; j < right.length && i + j <= most; j++) {
        const a = left[i];
        const b = right[j];
        if (!a || !b) continue;
        const worth = own + a.worth + b.worth;
        const old = out[i + j];
        if (!old || worth > old.worth) out[i + j] = { worth, cut: new Set([node, ...a.cut, ...b.cut]) };
      }
  }
  plans.set(node, out);
  return out;
}

function collect(root: Node, isCut: (node: Node) => boolean, c: SplitterConstants): Pruned {
  const leaves: { node: Node; cuts: Cut[] }[] = [];
  let weakest: number | null = null;
  let strongest: number | null = null;
  const walk = (node: Node, cuts: Cut[]) => {
    if (!node.cut || !node.children) return void leaves.push({ node, cuts });
    const margin = node.cut.score - asked(node, c);
    if (!isCut(node)) {
      strongest = Math.max(strongest ?? -1, margin);
      leaves.push({ node, cuts });
      return;
    }
    weakest = Math.min(weakest ?? 1, margin);
    for (const child of node.children) walk(child, [...cuts, node.cut]);
  };
  walk(root, []);
  return { leaves, weakest, strongest };
}
