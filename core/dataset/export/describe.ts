import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { UsageError } from '../../pipeline/usageError.js';
import type { ExportSource } from './source.js';

export interface Creator {
  readonly given?: string;
  readonly family: string;
  /** `0000-0002-1825-0097`. */
  readonly orcid?: string;
  readonly affiliation?: string;
}

/** What a dataset says of itself beyond its tables: out of a YAML file, which may be kept with the project. */
export interface Description {
  readonly title: string;
  readonly description: string;
  readonly creators: readonly Creator[];
  /** `1.0.0`. */
  readonly version: string;
  /** Day of publication. */
  readonly date: string;
  readonly doi?: string;
  readonly url?: string;
  readonly publisher?: string;
  readonly keywords: readonly string[];
}

export type GivenDescription = Partial<Description>;

const TEXTS = ['title', 'description', 'version', 'doi', 'url', 'publisher'] as const;
const KNOWN: readonly string[] = [...TEXTS, 'date', 'creators', 'keywords'];
const ABOUT =
  'Published medical case reports as data: patients, figures and their panels, with labels and the words that gave them.';

/** Reads `title`, `description`, `creators`, `version`, `date`, `doi`, `url`, `publisher`, `keywords`. @throws UsageError */
export function readDescription(path: string): GivenDescription {
  let value: unknown;
  try {
    value = load(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
  }
  if (!isRecord(value)) throw new UsageError(`${path} is no list of fields such as title, creators, version`);
  const unknown = Object.keys(value).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) throw new UsageError(`${path}: '${unknown}' is none of ${KNOWN.join(', ')}`);
  const texts = TEXTS.flatMap((name) => {
    const text = value[name];
    if (text === undefined) return [];
    if (typeof text !== 'string' || text.trim() === '')
      throw new UsageError(
        `${path}: '${name}' is not a text${name === 'version' ? "; write it in quotes, as '1.0.0'" : ''}`,
      );
    return [[name, text.trim()] as const];
  });
  const given = value.keywords ?? [];
  if (!Array.isArray(given) || given.some((one) => typeof one !== 'string'))
    throw new UsageError(`${path}: 'keywords' is not a list of texts`);
  const creators = value.creators ?? [];
  if (!Array.isArray(creators)) throw new UsageError(`${path}: 'creators' is not a list`);
  return {
    ...Object.fromEntries(texts),
    ...(value.date !== undefined && { date: dayOf(value.date, path) }),
    ...(value.keywords !== undefined && { keywords: given as string[] }),
    ...(value.creators !== undefined && {
      creators: creators.map((one, i) => creatorOf(one, `${path}: creators[${i}]`)),
    }),
  };
}

/** `Family, Given` or one name. @throws UsageError for an empty one */
export function creatorOf(value: unknown, at: string): Creator {
  if (typeof value === 'string' && value.trim() !== '') {
    const [family, ...rest] = value.split(',').map((part) => part.trim());
    const given = rest.join(', ');
    return { family, ...(given !== '' && { given }) };
  }
  if (!isRecord(value) || typeof value.family !== 'string')
    throw new UsageError(`${at} is neither 'Family, Given' nor has it a 'family'`);
  const { orcid } = value;
  if (orcid !== undefined && (typeof orcid !== 'string' || !/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/.test(orcid))) {
    throw new UsageError(`${at}: orcid '${String(orcid)}' is not like 0000-0002-1825-0097`);
  }
  const text = (name: 'given' | 'affiliation'): Record<string, string> =>
    typeof value[name] === 'string' ? { [name]: value[name] } : {};
  return { family: value.family, ...text('given'), ...(orcid !== undefined && { orcid }), ...text('affiliation') };
}

/** A day as YYYY-MM-DD; YAML reads it as a date. @throws UsageError */
export function dayOf(value: unknown, at: string): string {
  const text = value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new UsageError(`${at}: the date '${text}' is not like 2026-03-31`);
  return text;
}

/**
 * What is not given is taken from the dataset. There is no clock in it, so that equal datasets give equal bytes: the date
 * is the day of the newest article, before which the dataset cannot have been made.
 */
export async function describe(source: ExportSource, given: GivenDescription): Promise<Description> {
  return {
    title: source.name,
    description: ABOUT,
    creators: [],
    version: '1.0.0',
    keywords: ['medicine', 'case reports', 'medical images'],
    ...given,
    date: given.date ?? (await newestDay(source)),
  };
}

async function newestDay(source: ExportSource): Promise<string> {
  let newest = '1970-01-01';
  for await (const { published, year } of source.columns('articles', ['published', 'year'])) {
    const day = /^\d{4}-\d{2}-\d{2}$/.test(published ?? '')
      ? published!
      : `${published?.slice(0, 4) ?? year ?? 1970}-01-01`;
    if (day > newest) newest = day;
  }
  return newest;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
