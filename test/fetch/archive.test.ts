import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archiveNames, ARCHIVE_LIMITS, isWholePicture, unpack, type ArchiveLimits } from '../../core/fetch/archive.js';
import { SourceError } from '../../core/plugin/index.js';
import { scratch } from './local.js';
import { zip, type ZipEntry } from './zip.js';

let disk: ReturnType<typeof scratch>;
beforeEach(() => void (disk = scratch()));
afterEach(() => disk.remove());

const picture = Buffer.from('\u0089PNG-like words '.repeat(50));
const unpackAll = async (bytes: Buffer, limits: Partial<ArchiveLimits> = {}): Promise<string> => {
  writeFileSync(disk.at('a.zip'), bytes);
  const target = (name: string): string => join(disk.folder, `out-${name.replace(/\W/g, '_')}`);
  return unpack(disk.at('a.zip'), 'the-archive', target, { ...ARCHIVE_LIMITS, ...limits }).then(
    () => 'unpacked',
    (error: unknown) => (error instanceof SourceError ? error.fault : String(error)),
  );
};
const written = (): string[] => readdirSync(disk.folder).filter((name) => name !== 'a.zip');

describe('an archive', () => {
  it('is unpacked, the wanted files only', async () => {
    const path = disk.at('a.zip');
    writeFileSync(
      path,
      zip([
        { name: 'PMC1/', data: Buffer.alloc(0) },
        { name: 'PMC1/gr1.jpg', data: picture },
        { name: 'film.mp4', data: picture },
      ]),
    );
    expect(await archiveNames(path, 'a')).toEqual(['PMC1/gr1.jpg', 'film.mp4']);
    await unpack(path, 'a', (name) => (name.endsWith('gr1.jpg') ? disk.at('gr1.jpg') : null));
    expect(readFileSync(disk.at('gr1.jpg')).equals(picture)).toBe(true);
    expect(written()).toEqual(['gr1.jpg']);
  });

  const good: ZipEntry = { name: 'good.jpg', data: picture };
  it.each<[string, readonly ZipEntry[], Partial<ArchiveLimits>, string]>([
    ['a name that climbs', [good, { name: '../../evil.jpg', data: picture }], {}, 'unsafe'],
    ['a name that climbs further in', [good, { name: 'a/../../evil.jpg', data: picture }], {}, 'unsafe'],
    ['an absolute name', [good, { name: '/etc/evil.jpg', data: picture }], {}, 'unsafe'],
    ['a name of Windows', [good, { name: 'C:/evil.jpg', data: picture }], {}, 'unsafe'],
    ['a name with the other slash', [good, { name: '..\\evil.jpg', data: picture }], {}, 'unsafe'],
    ['a link', [good, { name: 'link.jpg', data: Buffer.from('/etc/passwd'), type: 0o120000 }], {}, 'unsafe'],
    ['a bomb', [good, { name: 'bomb.jpg', data: Buffer.alloc(40 << 20) }], {}, 'unsafe'],
    [
      'a bomb that says it is small',
      [{ name: 'bomb.jpg', data: Buffer.alloc(40 << 20), says: { size: 5000 } }],
      {},
      'unsafe',
    ],
    [
      'too many files',
      Array.from({ length: 12 }, (_, i) => ({ name: `${i}.jpg`, data: picture })),
      { entries: 10 },
      'unsafe',
    ],
    ['a file that is too large', [{ name: 'a.jpg', data: picture }], { entryBytes: 100 }, 'unsafe'],
    ['too much in all', [good, { name: 'b.jpg', data: picture }], { totalBytes: picture.length + 100 }, 'unsafe'],
    ['a secret', [{ ...good, encrypted: true }], {}, 'unsafe'],
    ['a wrong checksum', [{ ...good, says: { crc: 7 } }], {}, 'length'],
  ])('with %s is refused', async (_, entries, limits, fault) => {
    expect(await unpackAll(zip(entries), limits)).toBe(fault);
    // What was looked at before the bad place may be there; the bad one is not, nor anything outside.
    expect(written().filter((name) => !/good|[0-9]_jpg/.test(name))).toEqual([]);
    expect(existsSync(join(disk.folder, '..', 'evil.jpg'))).toBe(false);
  });

  it('with a bad name is refused before anything is written', async () => {
    expect(await unpackAll(zip([good, { name: '../evil.jpg', data: picture }]))).toBe('unsafe');
    expect(written()).toEqual([]);
  });

  it('that is cut off, or none at all, is told as such', async () => {
    const whole = zip([good]);
    for (const bytes of [whole.subarray(0, whole.length >> 1), Buffer.from('PK\u0003\u0004 no'), Buffer.alloc(0)]) {
      expect(await unpackAll(bytes)).toBe('length');
    }
  });
});

it('a whole picture ends as its format says', async () => {
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(6000, 1), Buffer.from([0xff, 0xd9])]);
  for (const [bytes, whole] of [
    [jpeg, true],
    [jpeg.subarray(0, 3000), false],
    [Buffer.from('words'), false],
  ] as const) {
    writeFileSync(disk.at('p'), bytes);
    expect(await isWholePicture(disk.at('p'))).toBe(whole);
  }
});
