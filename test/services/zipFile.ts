import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** Written as it is, whatever it says. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly deflate?: boolean;
  /** A size to claim that is not so. */
  readonly claimedSize?: number;
  /** Unix mode; 0o120777 makes the entry a symbolic link. */
  readonly mode?: number;
}

/** A ZIP archive. It writes what it is told, bad names too: that is what it is for. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const data = entry.deflate ? deflateRawSync(entry.bytes, { level: 9 }) : Buffer.from(entry.bytes);
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(0x0800, 2);
    header.writeUInt16LE(entry.deflate ? 8 : 0, 4);
    header.writeUInt16LE(0x5821, 8);
    header.writeUInt32LE(crc32(entry.bytes), 10);
    header.writeUInt32LE(data.length, 14);
    header.writeUInt32LE(entry.claimedSize ?? entry.bytes.length, 18);
    header.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), header, name, data);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), header, rest, name);
    at += 4 + header.length + name.length + data.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
