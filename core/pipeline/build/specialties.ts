import type { Article } from '../../article/types.js';
import type { PluginContext } from '../../plugin/contract.js';

/** The medical specialties of an article, sorted; none where nothing tells. */
export type SpecialtiesOf = (
  article: Pick<Article, 'subjects' | 'journal' | 'keywords' | 'mesh_terms'>,
) => readonly string[];

/**
 * Reads specialties by the dictionary `specialties`: in the headings under which the journal files the article and in the
 * journal's name; where these say nothing (`BMJ Case Reports`), in its keywords and MeSH terms.
 */
export function specialtyReader(context: Pick<PluginContext, 'lexicon' | 'doc'>): SpecialtiesOf {
  const lexicon = context.lexicon('specialties');
  const read = (texts: readonly string[]): string[] => {
    const found = new Set<string>();
    for (const text of texts) for (const { entry } of lexicon.find(context.doc(text))) found.add(entry.value);
    return [...found].sort();
  };
  return ({ subjects = [], journal, keywords, mesh_terms }) => {
    const named = read([...subjects, ...(journal === null ? [] : [journal])]);
    return named.length > 0 ? named : read([...keywords, ...mesh_terms]);
  };
}
