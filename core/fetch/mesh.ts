import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { faultOf, PLACES, type Fault, type Workplace } from './workplace.js';

/** What `pubmed` of a source takes at once. */
const BATCH = 200;

export interface MeshResult {
  /** Articles whose PubMed record is on the disk. */
  readonly articles: number;
  readonly fault: Fault | null;
}

/**
 * PubMed XML of every article that was fetched, one set after another in one file that `--metadata` reads. A log says
 * which PMIDs the file has and how long it was then, so that what a kill left half written is cut off.
 */
export async function fetchMesh(
  work: Workplace,
  onProgress: (done: number, total: number) => void,
): Promise<MeshResult> {
  const asker = work.sources.find(({ source }) => source.pubmed);
  const log = MeshLog.open(work.folder);
  try {
    const missing: string[] = [];
    for (const id of work.manifest.ids(({ status }) => status === 'done' || status === 'incomplete')) {
      const pmid = work.manifest.get(id)?.pmid;
      if (pmid && !log.has(pmid)) missing.push(pmid);
    }
    if (!asker) return { articles: log.size, fault: null };
    const http = work.http.of(asker.source);
    for (let at = 0; at < missing.length; at += BATCH) {
      onProgress(at, missing.length);
      const pmids = missing.slice(at, at + BATCH);
      log.append(pmids, await asker.source.pubmed!(pmids, http));
    }
    return { articles: log.size, fault: null };
  } catch (error) {
    return { articles: log.size, fault: faultOf(error) };
  } finally {
    log.close();
  }
}

class MeshLog {
  private constructor(
    private readonly known: Set<string>,
    private readonly data: number,
    private readonly log: number,
    private bytes: number,
  ) {}

  static open(folder: string): MeshLog {
    const [dataPath, logPath] = [PLACES.mesh(folder), PLACES.meshLog(folder)];
    const known = new Set<string>();
    let bytes = 0;
    const text = existsSync(logPath) && existsSync(dataPath) ? readFileSync(logPath, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    for (const line of whole.split('\n')) {
      if (line === '') continue;
      const { pmids, end } = JSON.parse(line) as { pmids: string[]; end: number };
      for (const pmid of pmids) known.add(pmid);
      bytes = end;
    }
    const data = openSync(dataPath, existsSync(dataPath) ? 'r+' : 'w+');
    ftruncateSync(data, bytes);
    const log = openSync(logPath, existsSync(logPath) ? 'r+' : 'w+');
    ftruncateSync(log, Buffer.byteLength(whole));
    closeSync(log);
    return new MeshLog(known, data, openSync(logPath, 'a'), bytes);
  }

  get size(): number {
    return this.known.size;
  }

  has(pmid: string): boolean {
    return this.known.has(pmid);
  }

  append(pmids: readonly string[], xml: Uint8Array): void {
    const piece = Buffer.concat([xml, Buffer.from('\n')]);
    for (let done = 0; done < piece.length;)
      done += writeSync(this.data, piece, done, piece.length - done, this.bytes + done);
    fsyncSync(this.data);
    this.bytes += piece.length;
    writeSync(this.log, `${JSON.stringify({ pmids, end: this.bytes })}\n`);
    for (const pmid of pmids) this.known.add(pmid);
  }

  close(): void {
    fsyncSync(this.log);
    closeSync(this.log);
    closeSync(this.data);
  }
}
