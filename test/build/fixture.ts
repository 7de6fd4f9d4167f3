import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { defaultConfig, type Config } from '../../core/config.js';
import { buildEngine } from '../../core/container.js';
import { taxonomyFile } from '../../core/dataset/taxonomyFile.js';
import { TABLE_NAMES, type Rows, type TableName } from '../../core/dataset/rows.js';
import { TableReader } from '../../core/dataset/tableReader.js';
import type { Engine } from '../../core/engine.js';
import { inlineCrew } from '../../core/pipeline/build/buildFile.js';
import { BUILD_SLOTS, provenanceOf } from '../../core/pipeline/build/provenance.js';
import { runBuild, type BuildOptions, type BuildSummary } from '../../core/pipeline/build/runBuild.js';

const made: string[] = [];

/** A folder that `removeFolders` takes away. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'legenda-build-'));
  made.push(folder);
  return folder;
}
export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export interface FixtureFigure {
  readonly id: string;
  readonly caption: string;
  /** File name as the article has it; none where undefined. */
  readonly file?: string;
}
export interface FixtureArticle {
  readonly pmcid?: string;
  readonly license?: string;
  readonly paragraphs?: readonly string[];
  readonly figures?: readonly FixtureFigure[];
}

const CC = 'https://creativecommons.org/licenses/';

/** A case report in JATS. */
export function jats({ pmcid, license = 'by/4.0', paragraphs, figures = [] }: FixtureArticle): string {
  const text = paragraphs ?? [
    'A 45-year-old woman was admitted with a cough. Computed tomography showed a mass (Figure 1A). She recovered (Figure 1B and Figure 2).',
  ];
  const figs = figures.map(
    ({ id, caption, file }, i) =>
      `<fig id="${id}"><label>Figure ${i + 1}</label><caption><p>${caption}</p></caption>${file === undefined ? '' : `<graphic xlink:href="${file}"/>`}</fig>`,
  );
  return `<?xml version="1.0"?>
<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="case-report" xml:lang="en"><front><journal-meta><journal-title-group><journal-title>Journal of Made-up Cases</journal-title></journal-title-group></journal-meta><article-meta>
${pmcid === undefined ? '' : `<article-id pub-id-type="pmc">${pmcid.slice(3)}</article-id>`}
<title-group><article-title>A cough and its cause: a case report</article-title></title-group>
<pub-date><year>2020</year></pub-date>
${license === '' ? '' : `<permissions><license xlink:href="${CC}${license}/"><license-p>Open access.</license-p></license></permissions>`}
</article-meta></front><body><sec><title>Case presentation</title>${text.map((p) => `<p>${p}</p>`).join('')}</sec>${figs.join('')}</body></article>`;
}

export const COMPOUND = '(A) Axial CT of the chest shows a mass. (B) Coronal CT after treatment.';
export const SINGLE = 'Chest radiograph without any abnormality.';

/** A picture of panels in a row, noise as of a scan, on white. */
export async function picture(panels: number, seed: number, format: 'jpg' | 'png' = 'jpg'): Promise<Buffer> {
  const side = 150;
  const gutter = 14;
  const width = panels * side + (panels - 1) * gutter;
  const data = new Uint8Array(width * side * 3).fill(255);
  let state = (seed + 1) * 2654435761;
  for (let y = 0; y < side; y++) {
    for (let panel = 0; panel < panels; panel++) {
      for (let x = 0; x < side; x++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        const level = 70 + (state >>> 25);
        data.fill(
          level,
          (y * width + panel * (side + gutter) + x) * 3,
          (y * width + panel * (side + gutter) + x) * 3 + 3,
        );
      }
    }
  }
  const image = sharp(data, { raw: { width, height: side, channels: 3 } });
  return (format === 'png' ? image.png() : image.jpeg({ quality: 92 })).toBuffer();
}

export function put(path: string, content: string | Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** `count` articles of two figures each, and their files: `articles/` and `figures/` in a new folder. */
export async function corpus(count: number): Promise<string> {
  const folder = tempFolder();
  const two = await picture(2, 1);
  const one = await picture(1, 2, 'png');
  for (let i = 1; i <= count; i++) {
    const pmcid = `PMC${7_000_000 + i}`;
    const figures = [
      { id: 'F1', caption: COMPOUND, file: `case-${i}-g1` },
      { id: 'F2', caption: SINGLE, file: `case-${i}-g2.png` },
    ];
    put(join(folder, 'articles', `${pmcid}.xml`), jats({ pmcid, figures }));
    put(join(folder, 'figures', `case-${i}-g1.jpg`), i % 5 === 0 ? await picture(2, i) : two);
    put(join(folder, 'figures', `case-${i}-g2.png`), one);
  }
  return folder;
}

const config: Config = defaultConfig(process.cwd());
let engine: Promise<Engine> | undefined;
/** One engine for all tests of a file. */
export const sharedEngine = (): Promise<Engine> => (engine ??= buildEngine(config, BUILD_SLOTS));

/** Builds in this thread. */
export async function build(
  output: string,
  articles: readonly string[],
  rest: Partial<BuildOptions> = {},
): Promise<BuildSummary> {
  return runBuild(await optionsFor(output, articles, rest));
}
export async function optionsFor(
  output: string,
  articles: readonly string[],
  rest: Partial<BuildOptions> = {},
): Promise<BuildOptions> {
  const built = await sharedEngine();
  return {
    articles,
    images: [],
    output,
    metadata: [],
    wanted: null,
    format: 'parquet',
    fresh: false,
    provenance: provenanceOf(built, config),
    taxonomy: taxonomyFile(built.pack.taxonomy),
    crew: () => Promise.resolve(inlineCrew(built, output)),
    ...rest,
  };
}

/** Hashes of all files of a dataset but those that build keeps for itself. */
export function contentOf(dataset: string): Record<string, string> {
  const files = readdirSync(dataset, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  const entries = files.map((e) => join(e.parentPath ?? e.path, e.name)).filter((path) => !path.includes('/.legenda/'));
  const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
  return Object.fromEntries(entries.sort().map((path) => [path.slice(dataset.length + 1), hash(path)]));
}

export async function table<T extends TableName>(dataset: string, name: T): Promise<Rows[T][]> {
  const rows: Rows[T][] = [];
  for await (const row of (await TableReader.open<Rows[T]>(join(dataset, `${name}.parquet`))).rows())
    rows.push(row as Rows[T]);
  return rows;
}
export async function tables(dataset: string): Promise<{ [T in TableName]: Rows[T][] }> {
  const [articles, cases, figures, images] = TABLE_NAMES;
  return {
    [articles]: await table(dataset, 'articles'),
    [cases]: await table(dataset, 'cases'),
    [figures]: await table(dataset, 'figures'),
    [images]: await table(dataset, 'images'),
  } as { [T in TableName]: Rows[T][] };
}

export const rejectsOf = (dataset: string): { file: string; stage: string; error: string }[] => {
  try {
    return readFileSync(join(dataset, 'rejects.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { file: string; stage: string; error: string });
  } catch {
    return [];
  }
};
