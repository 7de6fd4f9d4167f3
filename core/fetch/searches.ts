import { readFileSync } from 'node:fs';
import { writeWhole } from './cache.js';

/** A search as the user asked for it. */
export interface Asked {
  readonly text: string;
  /** As given, completed to days: `2015-01-01`. */
  readonly from?: string;
  readonly to?: string;
  /** Licences by which the search was narrowed. */
  readonly licenses?: readonly string[];
}

/** How far a search has come. */
export interface Search extends Asked {
  readonly source: string;
  /** The day on which the search that is complete was begun, from which `--update` asks for what is new. */
  readonly begun: string;
  /** After which page it goes on; absent before the first bookmark. */
  readonly bookmark?: string;
  readonly complete: boolean;
  /** From which day of entry on, where it asks for what is new. */
  readonly since?: string;
}

/** The searches of a folder, in one small file that is replaced in one step. */
export class Searches {
  private constructor(
    private readonly path: string,
    private readonly all: Search[],
  ) {}

  static open(path: string): Searches {
    try {
      const { searches } = JSON.parse(readFileSync(path, 'utf8')) as { searches: Search[] };
      return new Searches(path, [...searches]);
    } catch {
      // None yet. One that was lost costs a search: what was found is in the manifest.
      return new Searches(path, []);
    }
  }

  get list(): readonly Search[] {
    return this.all;
  }

  find(asked: Asked): Search | undefined {
    return this.all.find((search) => keyOf(search) === keyOf(asked));
  }

  async keep(search: Search): Promise<void> {
    const at = this.all.findIndex((one) => keyOf(one) === keyOf(search));
    if (at >= 0) this.all[at] = search;
    else this.all.push(search);
    await writeWhole(this.path, `${JSON.stringify({ version: 1, searches: this.all }, null, 2)}\n`);
  }
}

const keyOf = ({ text, from, to, licenses }: Asked): string =>
  JSON.stringify([text, from ?? null, to ?? null, [...(licenses ?? [])].sort()]);
