import { dateOf, dayOf } from './calendar.js';
import { draw, drawInt, drawOne } from './draw.js';

export interface WorldOptions {
  readonly seed: string;
  readonly articles: number;
  /** First and last day on which articles came, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** Days on which so many came at once, as on the first of January; the others are spread evenly. */
  readonly bursts: Readonly<Record<string, number>>;
  /** What the articles are of. One subject for all makes every article a hit. */
  readonly subjects: readonly string[];
  /** Share of articles that are case reports. */
  readonly caseReports: number;
  /** Every article is open, CC BY, of one version and whole: for tests that count. */
  readonly plain: boolean;
  /** Most figures that an article may have. */
  readonly figures: number;
}

export const WORLD: WorldOptions = {
  seed: 'legenda',
  articles: 300,
  from: '2020-01-01',
  to: '2022-12-31',
  bursts: {},
  subjects: ['brain tumor', 'hip fracture', 'lung nodule', 'retinal tear'],
  caseReports: 0.8,
  plain: false,
  figures: 3,
};

export interface WorldFigure {
  readonly id: string;
  /** The object's name in the bucket. */
  readonly name: string;
  /** How the article names it: without the extension, in other letters, behind a folder. */
  readonly href: string;
  /** `absent`: listed, but not there. `unlisted`: named by the article and nowhere else. */
  readonly state: 'there' | 'absent' | 'unlisted';
}
export interface WorldVersion {
  readonly version: number;
  readonly manuscript: boolean;
  readonly licenseCode: string | null;
}
export interface WorldArticle {
  readonly index: number;
  /** Without `PMC`. */
  readonly uid: number;
  readonly pmcid: string;
  readonly pmid: string | null;
  readonly doi: string | null;
  /** Days since 1970. */
  readonly day: number;
  readonly date: string;
  readonly subject: string;
  readonly caseReport: boolean;
  readonly retracted: boolean;
  /** In the open access subset: has full text anywhere. */
  readonly open: boolean;
  /** Of the published version, as the bucket says it. */
  readonly licenseCode: string | null;
  readonly versions: readonly WorldVersion[];
  readonly figures: readonly WorldFigure[];
}

const FIRST_PMCID = 9_000_000;
const FIRST_PMID = 35_000_000;
const CODES: readonly (readonly [number, string | null])[] = [
  [0.58, 'CC BY'],
  [0.68, 'CC BY-NC'],
  [0.74, 'CC0'],
  [0.82, 'CC BY-NC-ND'],
  [0.85, 'CC BY-NC-SA'],
  [0.87, 'CC BY-SA'],
  [0.89, 'CC BY-ND'],
  [0.95, 'TDM'],
  [1, null],
];

/**
 * A library of made-up articles. None is kept: each is drawn anew from the seed and its number, so that ten million
 * cost what ten do. Numbers grow with the date of arrival.
 */
export class World {
  readonly options: WorldOptions;
  readonly firstDay: number;
  /** Articles up to and with each day. */
  private readonly until: Uint32Array;
  private come: number;

  constructor(options: Partial<WorldOptions> = {}) {
    this.options = { ...WORLD, ...options };
    const { from, to, bursts, articles } = this.options;
    this.firstDay = dayOf(from);
    const days = dayOf(to) - this.firstDay + 1;
    const held = new Uint32Array(days);
    let spread = articles;
    for (const [date, count] of Object.entries(bursts)) {
      held[dayOf(date) - this.firstDay] += count;
      spread -= count;
    }
    this.until = new Uint32Array(days);
    for (let day = 0, sum = 0; day < days; day++) {
      sum += held[day] + Math.floor(((day + 1) * spread) / days) - Math.floor((day * spread) / days);
      this.until[day] = sum;
    }
    this.come = articles;
  }

  /** How many have come so far. */
  get size(): number {
    return this.come;
  }

  /** Lets only what had come by the end of a day be found, as if it were that day. */
  goTo(date: string): void {
    this.come = this.between(this.firstDay, dayOf(date))[1];
  }

  /** The numbers of the articles that came on these days (since 1970), both inclusive: first and behind the last. */
  between(first: number, last: number): readonly [number, number] {
    const count = (day: number): number => (day < 0 ? 0 : this.until[Math.min(day, this.until.length - 1)]);
    return [count(first - this.firstDay - 1), count(last - this.firstDay)];
  }

  byPmcid(pmcid: string): WorldArticle | undefined {
    const uid = Number(/^(?:PMC)?(\d+)$/i.exec(pmcid)?.[1]);
    const article = this.at(Math.floor((uid - FIRST_PMCID) / 3));
    return article?.uid === uid ? article : undefined;
  }

  byPmid(pmid: string): WorldArticle | undefined {
    const article = this.at(Math.floor((Number(pmid) - FIRST_PMID) / 7));
    return article?.pmid === pmid ? article : undefined;
  }

  byDoi(doi: string): WorldArticle | undefined {
    const article = this.at(Number(/^10\.5555\/made\.(\d+)$/i.exec(doi)?.[1] ?? -1));
    return article?.doi?.toLowerCase() === doi.toLowerCase() ? article : undefined;
  }

  at(index: number): WorldArticle | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.size) return undefined;
    const { seed, plain, subjects, caseReports } = this.options;
    const chance = (what: string): number => (plain ? 1 : draw(seed, index, what));
    const day = this.dayAt(index);
    const uid = FIRST_PMCID + 3 * index + drawInt(3, seed, index, 'pmcid');
    const open = chance('open') > 0.03;
    const code = chance('licence');
    const licenseCode = plain ? 'CC BY' : CODES.find(([share]) => code < share)![1];
    return {
      index,
      uid,
      pmcid: `PMC${uid}`,
      pmid: chance('no pmid') < 0.025 ? null : String(FIRST_PMID + 7 * index + drawInt(7, seed, index, 'pmid')),
      doi: chance('no doi') < 0.02 ? null : `10.5555/made.${index}`,
      day,
      date: dateOf(day),
      subject: drawOne(subjects, seed, index, 'subject'),
      caseReport: plain || draw(seed, index, 'case report') < caseReports,
      retracted: chance('retracted') < 0.01,
      open,
      licenseCode: open ? licenseCode : null,
      versions: this.versions(index, licenseCode),
      figures: this.figures(index),
    };
  }

  private dayAt(index: number): number {
    let low = 0;
    let high = this.until.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.until[middle] > index) high = middle;
      else low = middle + 1;
    }
    return this.firstDay + low;
  }

  private versions(index: number, licenseCode: string | null): WorldVersion[] {
    const { seed, plain } = this.options;
    const published = (version: number): WorldVersion => ({ version, manuscript: licenseCode === 'TDM', licenseCode });
    const manuscript = (version: number): WorldVersion => ({ version, manuscript: true, licenseCode: 'TDM' });
    const kind = plain ? 1 : draw(seed, index, 'versions');
    if (kind < 0.01) return [manuscript(1), published(2), published(10)];
    if (kind < 0.06) return [manuscript(1), published(2)];
    // The number does not tell which is which: here the manuscript came later.
    if (kind < 0.09) return [published(1), manuscript(2)];
    return [published(1)];
  }

  private figures(index: number): WorldFigure[] {
    const { seed, plain, figures } = this.options;
    const count = drawInt(figures + 1, seed, index, 'figures');
    return Array.from({ length: count }, (_, at): WorldFigure => {
      const name = `made-${index}-g${String(at + 1).padStart(3, '0')}.jpg`;
      const spelled = drawInt(4, seed, index, at, 'href');
      const state = plain ? 1 : draw(seed, index, at, 'state');
      return {
        id: `f${at + 1}`,
        name,
        href: [name, name.replace('.jpg', ''), name.toUpperCase(), `images/${name}`][spelled],
        state: state < 0.01 ? 'absent' : state < 0.03 ? 'unlisted' : 'there',
      };
    });
  }
}
