import { parseRegex, type RegexNode } from './regexTree.js';

/** One option of a choice in a regex. */
export interface RegexBranch {
  /** The option as written. */
  readonly text: string;
  /** The pattern in which the choice has this option only: what it matches, this branch can take part in. */
  readonly alone: string;
}

/** Every option of every choice of a pattern, outer ones first; none where it has no choice or cannot be read. */
export function regexBranches(pattern: string): RegexBranch[] {
  const chars = [...pattern];
  const branches: RegexBranch[] = [];
  const visit = (node: RegexNode): void => {
    switch (node.type) {
      case 'choice':
        for (const [start, end] of node.places) {
          const before = chars.slice(0, node.places[0][0]);
          const after = chars.slice(node.places.at(-1)![1]);
          const option = chars.slice(start, end).join('');
          branches.push({ text: option, alone: [...before, option, ...after].join('') });
        }
        return node.options.forEach(visit);
      case 'sequence':
        return node.items.forEach(visit);
      case 'repeat':
      case 'look':
        return visit(node.item);
      default:
        return;
    }
  };
  try {
    visit(parseRegex(pattern));
  } catch {
    return [];
  }
  return branches.filter((branch) => compiles(branch.alone));
}

/** Without its other options a choice may lose a group that a back reference needs. */
function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
