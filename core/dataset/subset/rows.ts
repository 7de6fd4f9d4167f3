import type { Selection } from '../filter/select.js';
import type { ArticleRow, CaseRow, FigureRow, ImageRow } from '../rows.js';

/** Rows are cut to the subset, so that no id in them leads nowhere and amounts are those of the subset. */

export const cutCase = (row: CaseRow, { figureIds }: Selection): CaseRow => ({
  ...row,
  figures: (row.figures ?? []).filter((figure) => figureIds.has(figure.figure_id)),
});

export const cutFigure = (row: FigureRow, { caseIds }: Selection): FigureRow => ({
  ...row,
  case_ids: (row.case_ids ?? []).filter((id) => caseIds.has(id)),
});

/** @param file where the picture is in the subset, null where it has none */
export function cutImage(row: ImageRow, { caseIds }: Selection, file: string | null): ImageRow {
  const case_ids = (row.case_ids ?? []).filter((id) => caseIds.has(id));
  return { ...row, file, case_ids, case_id: case_ids[0] ?? null };
}

/** How many rows of an article are in the subset. */
export class Amounts {
  private readonly counts = {
    case: new Map<string, number>(),
    figure: new Map<string, number>(),
    image: new Map<string, number>(),
  };

  add(what: 'case' | 'figure' | 'image', article: string): void {
    this.counts[what].set(article, (this.counts[what].get(article) ?? 0) + 1);
  }

  cut(row: ArticleRow): ArticleRow {
    const of = (what: 'case' | 'figure' | 'image'): number => this.counts[what].get(row.article_id) ?? 0;
    return { ...row, case_amount: of('case'), figure_amount: of('figure'), image_amount: of('image') };
  }
}
