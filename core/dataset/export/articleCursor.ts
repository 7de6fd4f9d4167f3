import { UsageError } from '../../pipeline/usageError.js';

/** Reads a table along with the articles: both stand in the same order, so that no more than one article is held. */
export class ArticleCursor<Row extends { readonly article_id: string }> {
  private next: Row | undefined;

  constructor(
    private readonly table: string,
    private readonly rows: AsyncGenerator<Row>,
  ) {}

  /** The rows of an article, which are the next ones. */
  async take(articleId: string): Promise<Row[]> {
    const own: Row[] = [];
    for (;;) {
      this.next ??= ((await this.rows.next()) as IteratorResult<Row, undefined>).value;
      if (this.next?.article_id !== articleId) return own;
      own.push(this.next);
      this.next = undefined;
    }
  }

  /** @throws UsageError where rows are left, which then belong to no article or are in another order */
  async end(): Promise<void> {
    this.next ??= ((await this.rows.next()) as IteratorResult<Row, undefined>).value;
    if (this.next)
      throw new UsageError(`the table ${this.table} is not in the order of the articles (at ${this.next.article_id})`);
  }
}
