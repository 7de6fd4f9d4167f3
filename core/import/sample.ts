import { Emitter } from '../match/contextual/javaRegex/emit.js';
import { parseJavaRegex } from '../match/contextual/javaRegex/parse.js';
import type { Node } from '../match/contextual/javaRegex/syntax.js';

/** Characters that are tried for a class, the likeliest first. */
const CANDIDATES = [
  '1',
  'a',
  'A',
  'T',
  'e',
  'x',
  '2',
  '0',
  '-',
  '/',
  '.',
  ',',
  ':',
  '%',
  '(',
  '[',
  '+',
  '_',
  ' ',
  'é',
  'β',
  '\n',
];

/**
 * Texts that a Java pattern may match: each alternative with nothing of what is optional, then with one of each. Look-arounds are not heeded, so whoever uses a text tries it first.
 */
export function sampleTexts(pattern: string): string[] {
  const { body } = parseJavaRegex(pattern);
  const texts = [0, 1].flatMap((optional) => body.map((nodes) => new Sampler(pattern, optional).sequence(nodes)));
  return [...new Set(texts.filter((text): text is string => text !== undefined && text.trim() !== ''))];
}

class Sampler {
  private readonly captured = new Map<number, string>();

  constructor(
    private readonly pattern: string,
    private readonly optional: number,
  ) {}

  sequence(nodes: readonly Node[]): string | undefined {
    let text = '';
    for (const node of nodes) {
      const part = this.one(node);
      if (part === undefined) return undefined;
      text += part;
    }
    return text;
  }

  private one(node: Node): string | undefined {
    switch (node.kind) {
      case 'character':
        return String.fromCodePoint(node.code);
      case 'verbatim':
        return node.width === 0 ? '' : firstOf(node.source);
      case 'class':
        return firstOf(new Emitter(this.pattern, { cases: 'spelled' }).emit([[node]]));
      case 'group': {
        if (/^\(\?(?:[=!]|<[=!])/u.test(node.open)) return '';
        const text = this.first(node.body);
        if (node.capture !== null && text !== undefined) this.captured.set(node.capture, text);
        return text;
      }
      case 'atomic':
        return this.first(node.body);
      case 'repeat': {
        const once = this.one(node.body);
        return once?.repeat(Math.min(this.times(node.quantifier), 50));
      }
      case 'reference':
        return this.captured.get(node.to) ?? '';
    }
  }

  private first(body: readonly (readonly Node[])[]): string | undefined {
    for (const nodes of body) {
      const text = this.sequence(nodes);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  private times(quantifier: string): number {
    const least = quantifier.startsWith('+') ? 1 : Number(/^\{(\d+)/u.exec(quantifier)?.[1] ?? 0);
    return quantifier === '{0}' ? 0 : Math.max(least, this.optional);
  }
}

function firstOf(source: string): string | undefined {
  const one = new RegExp(`^(?:${source})$`, 'u');
  return CANDIDATES.find((character) => one.test(character));
}
