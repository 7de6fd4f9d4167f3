import type { Article, PatientCase, PluginContext, PluginLexicon } from '../../core/plugin/index.js';
import { figureMentions } from './figureMentions.js';
import type { Piece } from './patients.js';

type CaseFigure = PatientCase['figures'][number];

/** The figures that a case refers to, in the order of the article; one may belong to several cases. */
export function figuresOf(
  context: PluginContext,
  article: Article,
  pieces: readonly Piece[],
  labels: PluginLexicon,
  types: PluginLexicon,
): CaseFigure[] {
  const byNumber = numbered(context, article, labels, types);
  const known = new Set(article.figures.map(({ figure_id }) => figure_id));
  const sentences = new Map<string, string[]>();
  const mentions = new Map<string, string[]>();
  const add = (id: string, sentence: string, mention: string): void => {
    if (!known.has(id)) return;
    push(sentences, id, sentence);
    push(mentions, id, mention);
  };
  for (const { text, references } of pieces) {
    const doc = context.doc(text);
    const sentenceAt = (offset: number): string => {
      const span = doc.sentences.find(({ start, end }) => start <= offset && offset < end);
      return span ? text.slice(span.start, span.end) : text;
    };
    const found = figureMentions(doc, labels, types);
    for (const { number, start, end } of found) {
      // The publisher's own link is surer than the number.
      const link = references.find((r) => r.kind === 'figure' && r.start < end && start < r.end);
      const id = byNumber.get(number) ?? link?.target;
      if (id) add(id, sentenceAt(start), text.slice(start, end));
    }
    for (const { kind, target, start, end } of references) {
      if (kind !== 'figure' || found.some((m) => m.start < end && start < m.end)) continue;
      add(target, sentenceAt(start), text.slice(start, end));
    }
  }
  return article.figures
    .filter(({ figure_id }) => mentions.has(figure_id))
    .map(({ figure_id }) => ({
      figure_id,
      text_references: sentences.get(figure_id) ?? [],
      mentions: mentions.get(figure_id) ?? [],
    }));
}

/** Figures by the number of their label; where no figure has one, by their place. */
function numbered(
  context: PluginContext,
  { figures }: Article,
  labels: PluginLexicon,
  types: PluginLexicon,
): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const { figure_id, label } of figures) {
    const number = label === null ? undefined : figureMentions(context.doc(label), labels, types)[0]?.number;
    if (number && !map.has(number)) map.set(number, figure_id);
  }
  if (map.size === 0) figures.forEach(({ figure_id }, i) => map.set(String(i + 1), figure_id));
  return map;
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key) ?? [];
  if (!list.includes(value)) list.push(value);
  map.set(key, list);
}
