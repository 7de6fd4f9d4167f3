import type { Article, PluginContext } from '../../core/plugin/index.js';
import type { Block, Lexicons } from './outline.js';
import { Words } from './words.js';

export type SkippedReason = 'review' | 'trial' | 'non-human' | 'no-body' | 'no-patient';
export type ArticleKind = 'case' | 'review' | 'trial' | 'study' | 'note' | 'unknown';

/** What the metadata say of an article: its type, its publication types, and the words of its title. */
export interface Nature {
  readonly kind: ArticleKind;
  readonly caseTitle: boolean;
  readonly title: 'review' | 'trial' | null;
}

export function natureOf(context: PluginContext, article: Article, lexicons: Lexicons): Nature {
  let kind: ArticleKind = 'unknown';
  for (const type of [...article.publication_types, article.article_type ?? '', ...(article.subjects ?? [])]) {
    for (const { entry } of lexicons.types.find(context.doc(type))) {
      if (entry.attributes.kind !== 'article') continue;
      const found = String(entry.attributes.type) as ArticleKind;
      if (kind === 'unknown' || found === 'case' || (kind === 'study' && found !== 'note')) kind = found;
    }
  }
  const words = new Words(context.doc(article.title ?? ''), lexicons.language);
  const study = words.find(0, words.doc.count, 'study_word');
  return {
    kind,
    caseTitle: words.find(0, words.doc.count, 'case_title') !== null,
    title: study ? (String(study.entry.attributes.reason) as 'review' | 'trial') : null,
  };
}

/** An animal is the patient: told by the MeSH terms, by words that are only said of animals, or by the title. */
export function isAnimal(
  context: PluginContext,
  article: Article,
  body: readonly Block[],
  lexicons: Lexicons,
): boolean {
  const mesh = new Set(
    article.mesh_terms.flatMap((term) =>
      lexicons.types
        .find(context.doc(term))
        .filter(({ entry }) => entry.attributes.kind === 'mesh')
        .map(({ entry }) => String(entry.attributes.type)),
    ),
  );
  if (mesh.has('humans')) return false;
  const title = new Words(context.doc(article.title ?? ''), lexicons.language);
  const inTitle = isNamed(title, 0, title.doc.count);
  if (mesh.has('animals') && inTitle) return true;
  const cases = body.filter(({ role }) => role === 'case');
  const text = (cases.length > 0 ? cases : body)
    .slice(0, 4)
    .map((block) => block.text)
    .join('\n');
  const words = new Words(context.doc(text.slice(0, 6000)), lexicons.language);
  let sure = 0;
  for (let i = 0; i < words.doc.count; i++) if (words.at(i, 'animal_sure')) sure++;
  return sure >= 2 || (inTitle && sure >= 1) || (inTitle && opensWithAnimal(words));
}

/** An animal is named, and not as in `dog bite` or `porcine valve`. */
function isNamed(words: Words, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const not = words.at(i, 'animal_not');
    if (not) {
      i = not.last;
      continue;
    }
    if (words.at(i, 'animal')) return true;
  }
  return false;
}

/** `A 7-year-old Labrador`: the animal comes before any person in the first sentences. */
function opensWithAnimal(words: Words): boolean {
  const age = words.find(0, words.doc.count, 'age');
  if (age === null) return false;
  const person = words.find(age.last, age.last + 14, 'person');
  return person === null && isNamed(words, age.last + 1, age.last + 14);
}
