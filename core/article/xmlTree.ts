/** An element with its prefix taken off (`ali:license_ref` is `license_ref`). */
export interface XmlElement {
  readonly name: string;
  /** As written, prefixes too. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
}
export type XmlNode = XmlElement | string;

/** The value of an attribute, whatever its prefix (`href` finds `xlink:href`), or null. */
export function attribute(element: XmlElement, name: string): string | null {
  const plain = element.attributes[name];
  if (plain !== undefined) return plain;
  for (const key in element.attributes) {
    if (key.length > name.length && key.endsWith(name) && key[key.length - name.length - 1] === ':') {
      return element.attributes[key];
    }
  }
  return null;
}

export const isElement = (node: XmlNode): node is XmlElement => typeof node !== 'string';

/** The child elements, or those of one name. */
export function childrenOf(element: XmlElement | null | undefined, name?: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (const node of element?.children ?? []) {
    if (isElement(node) && (name === undefined || node.name === name)) found.push(node);
  }
  return found;
}

/** The first child of that name, or null. A path goes down: `childOf(article, 'front', 'article-meta')`. */
export function childOf(element: XmlElement | null | undefined, ...path: readonly string[]): XmlElement | null {
  let at: XmlElement | null = element ?? null;
  for (const name of path) {
    at = (at?.children.find((node) => isElement(node) && node.name === name) as XmlElement | undefined) ?? null;
  }
  return at;
}

/** Every element of that name below `element`, in document order. */
export function descendantsOf(
  element: XmlElement | null | undefined,
  name: string,
  found: XmlElement[] = [],
): XmlElement[] {
  for (const node of element?.children ?? []) {
    if (!isElement(node)) continue;
    if (node.name === name) found.push(node);
    descendantsOf(node, name, found);
  }
  return found;
}

/** All characters of an element, as they stand. */
export function rawText(element: XmlElement | null | undefined): string {
  let text = '';
  for (const node of element?.children ?? []) text += isElement(node) ? rawText(node) : node;
  return text;
}

/** All characters of an element, white space made single and trimmed; null where none is left. */
export function plainText(element: XmlElement | null | undefined): string | null {
  return rawText(element).replace(/\s+/g, ' ').trim() || null;
}
