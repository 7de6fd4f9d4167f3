import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly data: Buffer;
  /** Written into the headers instead of the truth. */
  readonly says?: { readonly size?: number; readonly crc?: number };
  /** A type of Unix, in octal: 0o120000 is a link. */
  readonly type?: number;
  readonly encrypted?: boolean;
}

/** A ZIP archive, honest or not. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data, says = {}, type = 0o100000, encrypted = false } of entries) {
    const packed = deflateRawSync(data);
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(encrypted ? 1 : 0, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(says.crc ?? crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(says.size ?? data.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, path, packed]);
    const head = Buffer.alloc(46);
    head.write('PK\u0001\u0002');
    head.writeUInt16LE((3 << 8) | 20, 4);
    common.copy(head, 6);
    head.writeUInt32LE(((type | 0o644) << 16) >>> 0, 38);
    head.writeUInt32LE(offset, 42);
    central.push(head, path);
    parts.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}
