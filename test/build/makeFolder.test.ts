import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../../core/dataset/makeFolder.js';
import { removeFolders, tempFolder } from './fixture.js';

afterAll(removeFolders);

/** A file system of the kernel that has no places of one's own. */
const PROC = '/proc';

describe('a folder', () => {
  it('is made with those above it, and again', () => {
    const path = join(tempFolder(), 'a/b/c');
    makeFolder(path);
    makeFolder(path);
    expect(existsSync(path)).toBe(true);
  });
  it('is not made over or in a file', () => {
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(file)).toThrow(/EEXIST/);
    expect(() => makeFolder(join(file, 'a/b'))).toThrow(/ENOTDIR/);
  });
  it.runIf(existsSync(PROC))('is refused, not tried for ever, where none can be', () => {
    expect(() => makeFolder(join(PROC, 'legenda/a'))).toThrow(expect.objectContaining({ code: 'EACCES' }));
  });
});
