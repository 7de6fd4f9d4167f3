import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ZipFile } from 'yazl';
import type { OutputFolder } from './outputFolder.js';
import type { ExportSource } from './source.js';
import type { ExportedFile } from './types.js';

/**
 * Archives of all pictures by the first digit of the PMCID, as `images-PMC6.zip` (of a subset by classes one, `images.zip`); paths inside are those of `images.file`, so
 * that they unpack into the layout of the dataset. Stored, since pictures are compressed already.
 *
 * @returns the archives and the number of pictures
 */
export async function zipPictures(
  source: ExportSource,
  out: OutputFolder,
  done: () => void,
): Promise<{ archives: ExportedFile[]; pictures: number }> {
  const archives = new Map<string, Archive>();
  let pictures = 0;
  for await (const { image_id, file } of source.columns('images', ['image_id', 'file'])) {
    done();
    if (file === null) continue;
    const group = /^images\/(PMC\d|other)\//.exec(file)?.[1];
    const path = group === undefined ? 'images.zip' : `images-${group}.zip`;
    let archive = archives.get(path);
    if (!archive) archives.set(path, (archive = await Archive.open(out.at(path))));
    try {
      await archive.add(source.picturePath(file), file);
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException;
      throw code === 'ENOENT' && syscall === 'open' ? source.incomplete(file, image_id, error) : error;
    }
    pictures++;
  }
  const written: ExportedFile[] = [];
  for (const path of [...archives.keys()].sort()) {
    await archives.get(path)!.close();
    written.push(await out.adopt(path));
  }
  return { archives: written, pictures };
}

/** A zip file that grows by one file at a time. */
class Archive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly done: Promise<void>,
  ) {}

  static async open(path: string): Promise<Archive> {
    const { ZipFile } = await import('yazl');
    const zip = new ZipFile();
    const done = pipeline(zip.outputStream, createWriteStream(path));
    done.catch(() => undefined);
    return new Archive(zip, done);
  }

  async add(path: string, name: string): Promise<void> {
    // The DOS time of a zip is local: the same date by the local clock is the same bytes everywhere.
    const options = { mtime: new Date(1980, 0, 1), mode: 0o100644, compress: false, forceDosTimestamp: true };
    const read = new Promise<void>((resolve, reject) => {
      this.zip.addReadStreamLazy(name, options, (give) => {
        const stream = createReadStream(path);
        stream.once('end', resolve).once('error', reject);
        give(null, stream);
      });
    });
    await Promise.race([this.done, read]);
  }

  async close(): Promise<void> {
    this.zip.end();
    await this.done;
  }
}
