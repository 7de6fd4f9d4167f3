import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TarPackController } from 'modern-tar';
import type { OutputFolder } from './outputFolder.js';

export interface TarEntry {
  readonly name: string;
  readonly body: Uint8Array;
}

export interface TarShard {
  readonly path: string;
  readonly samples: number;
  readonly bytes: number;
}

/** Writes samples to as many tar files as needed. Equal samples give equal bytes: owner, mode and time are fixed. */
export class TarShards {
  private readonly list: TarShard[] = [];
  private current:
    { path: string; samples: number; bytes: number; controller: TarPackController; done: Promise<void> } | undefined;

  constructor(
    private readonly out: OutputFolder,
    private readonly prefix: string,
    private readonly limits: { readonly bytes: number; readonly samples: number },
  ) {}

  /** Entries of one sample stay in one shard. */
  async add(entries: readonly TarEntry[]): Promise<void> {
    const size = entries.reduce((sum, { body }) => sum + 512 + Math.ceil(body.length / 512) * 512, 0);
    const { current } = this;
    if (current && (current.samples >= this.limits.samples || current.bytes + size > this.limits.bytes))
      await this.end();
    const shard = (this.current ??= await this.open());
    for (const { name, body } of entries) {
      const writer = shard.controller
        .add({ name, size: body.length, mode: 0o644, uid: 0, gid: 0, uname: '', gname: '', mtime: new Date(0) })
        .getWriter();
      // A failure of the disk shows in `done`; without the race the writer would wait for ever.
      await Promise.race([shard.done, writer.write(body).then(() => writer.close())]);
    }
    shard.samples++;
    shard.bytes += size;
  }

  async close(): Promise<readonly TarShard[]> {
    await this.end();
    return this.list;
  }

  private async open(): Promise<NonNullable<typeof this.current>> {
    const { createTarPacker } = await import('modern-tar');
    const path = `${this.prefix}-${String(this.list.length).padStart(6, '0')}.tar`;
    const { readable, controller } = createTarPacker();
    const done = pipeline(
      Readable.fromWeb(readable as Parameters<typeof Readable.fromWeb>[0]),
      createWriteStream(this.out.at(path)),
    );
    done.catch(() => undefined);
    return { path, samples: 0, bytes: 0, controller, done };
  }

  private async end(): Promise<void> {
    const shard = this.current;
    if (!shard) return;
    this.current = undefined;
    shard.controller.finalize();
    await shard.done;
    const { bytes } = await this.out.adopt(shard.path);
    this.list.push({ path: shard.path, samples: shard.samples, bytes });
  }
}
