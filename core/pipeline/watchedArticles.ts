import type { Beacon } from '../plugin/beacon.js';
import type { Engine } from '../engine.js';
import { articleItems, type ArticleSlot } from './articleStream.js';
import { articleFiles } from './articles.js';
import { Blame } from './blame.js';
import type { PubmedIndex } from './pubmed.js';
import type { StreamItem } from './recordPass.js';
import { Seat, type SeatOptions } from './seat.js';

/** What a worker is asked: the records of a file from one on. */
export interface ArticleRequest {
  readonly file: string;
  /** Place of the first record that is wanted, from 0. */
  readonly from: number;
  /** Place of the first record that is not wanted: the reader cannot get past the one before it. */
  readonly to?: number;
  /** Articles that are not to be tried again, by their place from 1, with the reason. */
  readonly refused: ReadonlyMap<number, string>;
}
export interface ArticleAnswer {
  readonly items: readonly StreamItem[];
  /** Whether these are the last ones of the file. */
  readonly done: boolean;
}

/** Records in an answer at most, and milliseconds after which it is sent although there are fewer. */
const ITEMS = 64;
const PATIENCE = 500;

/** The worker's side: answers requests, and keeps the file open between two that follow on each other. */
export class ArticleDesk {
  private open: { readonly file: string; readonly items: AsyncIterator<StreamItem>; at: number } | undefined;
  private refused: ReadonlyMap<number, string> = new Map();

  constructor(
    private readonly engine: Engine,
    private readonly slot: ArticleSlot,
    private readonly pubmed: PubmedIndex | undefined,
    private readonly beacon: Beacon,
  ) {}

  async answer({ file, from, to = Infinity, refused }: ArticleRequest): Promise<ArticleAnswer> {
    this.refused = refused;
    if (this.open?.file !== file || this.open.at !== from) this.open = { file, items: this.itemsOf(file), at: 0 };
    const { open } = this;
    const items: StreamItem[] = [];
    const started = Date.now();
    for (;;) {
      if (open.at >= to) {
        this.open = undefined;
        this.beacon.line(0);
        return { items, done: true };
      }
      this.beacon.line(open.at + 1);
      const next = await open.items.next();
      if (next.done) this.open = undefined;
      else if (++open.at > from) items.push(next.value);
      if (next.done || items.length >= ITEMS || (items.length > 0 && Date.now() - started > PATIENCE)) {
        this.beacon.line(0);
        return { items, done: next.done ?? false };
      }
    }
  }

  private itemsOf(file: string): AsyncIterator<StreamItem> {
    const begin = (index: number): string | undefined => this.refused.get(index + 1);
    return articleItems(this.engine, this.slot, [file], this.pubmed, { begin });
  }
}

/**
 * The records of articles, made in a worker that is watched. An article that a plugin hangs on or dies of goes to the
 * rejects; where it is the reader that does so, the rest of the file does.
 *
 * @param signal ends the worker at once
 * @throws what a worker reports when it cannot start
 */
export async function* watchedArticles(
  options: SeatOptions,
  paths: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<StreamItem> {
  const seat = new Seat<ArticleRequest, ArticleAnswer>(options);
  const onAbort = (): void => void seat.close();
  signal?.addEventListener('abort', onAbort);
  try {
    await seat.start();
    for await (const file of articleFiles(paths)) yield* fileItems(seat, file);
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await seat.close();
  }
}

async function* fileItems(seat: Seat<ArticleRequest, ArticleAnswer>, file: string): AsyncGenerator<StreamItem> {
  const blame = new Blame();
  /** Set when the reader cannot get past an article: those before it are wanted still, then this is said. */
  let end: { readonly to: number; readonly error: string } | undefined;
  for (let from = 0; ;) {
    const reply = await seat.ask({ file, from, to: end?.to, refused: blame.refused });
    if (reply.kind === 'answer') {
      yield* reply.answer.items;
      from += reply.answer.items.length;
      if (!reply.answer.done) continue;
      if (end !== undefined) yield { reject: { file, error: end.error } };
      return;
    }
    const refused = blame.lost(reply);
    const ofOneArticle = reply.plugin?.slot === 'patient-segmenter' || reply.plugin?.slot === 'demographics';
    if (refused && !ofOneArticle) end = { to: reply.line - 1, error: blame.refused.get(reply.line)! };
  }
}
