import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceFile } from '../plugin/contract.js';
import { SourceError } from '../plugin/sourceError.js';
import { archiveNames, isWholePicture, unpack } from './archive.js';
import { hashOfFile, moveInto } from './cache.js';
import type { Records } from './describe.js';
import { figureFiles, figureStem, isPictureName, safeName } from './fileName.js';
import { isThere } from './fullText.js';
import type { SourceHttp } from './http.js';
import type { FetchedFile, ManifestRow, MissingFigure } from './row.js';
import { faultOf, PLACES, type Fault, type Workplace } from './workplace.js';

export interface PlacedFigures {
  readonly files: readonly FetchedFile[];
  readonly missing: readonly MissingFigure[];
}

/**
 * The figure files that a text names, from the first source that has each; what is in its place already is kept.
 * A figure that none has is reported, never passed over.
 */
export async function figures(
  work: Workplace,
  row: ManifestRow,
  named: readonly string[],
  records: Records,
): Promise<PlacedFigures> {
  if (work.pictures === 'none') return { files: [], missing: [] };
  const search = new FigureSearch(work, row, named);
  await search.keep();
  for (const { name, source } of work.sources) {
    if (!source.files || search.isOver()) continue;
    const http = work.http.of(source, row.attempts === 0);
    try {
      const listed = await source.files({ ids: row, record: records.get(name) ?? null }, http);
      if (listed !== null) await search.from(name, listed, http);
    } catch (error) {
      search.blame(faultOf(error));
    }
  }
  return search.result();
}

class FigureSearch {
  private readonly folder: string;
  /** By the name that the text gives; pictures beyond the figures by their own. */
  private readonly found = new Map<string, FetchedFile>();
  private readonly faults = new Map<string, Fault>();
  private tookAll = false;

  constructor(
    private readonly work: Workplace,
    private readonly row: ManifestRow,
    private readonly named: readonly string[],
  ) {
    this.folder = PLACES.article(work.folder, row.pmcid!);
  }

  async keep(): Promise<void> {
    const kept: FetchedFile[] = [];
    for (const file of this.row.files)
      if (file.kind === 'figure' && (await isThere(this.folder, file))) kept.push(file);
    const chosen = figureFiles(
      this.named,
      kept.map(({ name }) => name),
    );
    for (const [want, name] of chosen)
      this.found.set(
        want,
        kept.find((file) => file.name === name)!,
      );
    if (this.work.pictures === 'all')
      for (const file of kept) if (![...chosen.values()].includes(file.name)) this.found.set(file.name, file);
  }

  isOver(): boolean {
    if (this.work.pictures === 'all' && !this.tookAll) return false;
    return this.open().length === 0;
  }

  /** A fault that may be why any of the open ones is not there. */
  blame(fault: Fault): void {
    for (const want of this.open()) this.faults.set(want, fault);
  }

  async from(source: string, listed: readonly SourceFile[], http: SourceHttp): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const singles = listed.filter((file) => 'name' in file);
    const chosen = this.choose(singles.map(({ name }) => name));
    this.tookAll ||= singles.length > 0;
    await Promise.all(
      [...chosen].map(async ([want, name]) => {
        const file = singles.find((one) => one.name === name)!;
        try {
          const body = await http.download({ ...file.request, expect: 'image' }, file.md5);
          if (body === null) return;
          const target = safeName(name);
          if (target === null) throw new SourceError('unsafe', `'${name}' is no name for a file`);
          await this.work.cache.place(body.sha256, join(this.folder, target));
          this.found.set(want, {
            name: target,
            kind: 'figure',
            sha256: body.sha256,
            bytes: body.bytes,
            source,
            url: body.url,
          });
        } catch (error) {
          this.faults.set(want, faultOf(error));
        }
      }),
    );
    for (const file of listed) {
      if (!('archive' in file) || this.isOver()) continue;
      try {
        await this.fromArchive(source, file, http);
      } catch (error) {
        this.blame(faultOf(error));
      }
    }
  }

  private async fromArchive(
    source: string,
    { request }: SourceFile & { archive: 'zip' },
    http: SourceHttp,
  ): Promise<void> {
    const body = await http.download({ ...request, expect: 'zip' });
    if (body === null) return;
    const { cache } = this.work;
    try {
      const path = await cache.file(body.sha256);
      if (path === null) throw new SourceError('length', `${body.url} was damaged on the disk`);
      const chosen = this.choose(await archiveNames(path, body.url));
      this.tookAll = true;
      const drafts = new Map([...chosen].map(([want, name]) => [name, { want, draft: cache.draft() }]));
      await unpack(path, body.url, (name) => drafts.get(name)?.draft ?? null);
      for (const [name, { want, draft }] of drafts) {
        const target = safeName(name);
        if (target === null || !(await isWholePicture(draft))) {
          this.faults.set(want, { reason: 'bad-answer', detail: `${name} in ${body.url} is no whole picture` });
          continue;
        }
        const { sha256, bytes } = await hashOfFile(draft);
        await moveInto(draft, join(this.folder, target));
        this.found.set(want, { name: target, kind: 'figure', sha256, bytes, source, url: `${body.url}#${name}` });
      }
    } finally {
      // Its figures are out, and the rest of it is of no use.
      await cache.dropBody(body.url, body.sha256);
    }
  }

  result(): PlacedFigures {
    const files = new Map([...this.found.values()].map((file) => [file.name, file]));
    const missing = this.open().map((name): MissingFigure => {
      const fault = this.faults.get(name) ?? {
        reason: 'absent' as const,
        detail: `no source has the figure file ${name}`,
      };
      return { name, ...fault };
    });
    return { files: [...files.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), missing };
  }

  private open(): string[] {
    return this.named.filter((want) => !this.found.has(want));
  }

  private choose(names: readonly string[]): Map<string, string> {
    const chosen = new Map(figureFiles(this.open(), names));
    if (this.work.pictures !== 'all' || this.tookAll) return chosen;
    const taken = new Set([...this.named, ...this.found.keys()].map(figureStem));
    for (const name of names) if (isPictureName(name) && !taken.has(figureStem(name))) chosen.set(name, name);
    return chosen;
  }
}
