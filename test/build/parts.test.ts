import { appendFileSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KindReader } from '../../core/dataset/build/kinds.js';
import { imageFolder, safeName } from '../../core/dataset/layout.js';
import { naturalOrder } from '../../core/dataset/naturalOrder.js';
import { articleFiles } from '../../core/pipeline/build/articleFiles.js';
import { articleStem, FigureFiles, type FigureOwner } from '../../core/pipeline/build/figureFiles.js';
import { Journal } from '../../core/pipeline/build/journal.js';
import type { ArticleHead } from '../../core/pipeline/build/journalEntry.js';
import { takeLock } from '../../core/pipeline/build/lock.js';
import { mentionReader, type MentionsOf } from '../../core/pipeline/build/panelMentions.js';
import { put, removeFolders, sharedEngine, tempFolder } from './fixture.js';

afterAll(removeFolders);

describe('natural order', () => {
  it('is how people number things', () => {
    expect(['PMC10', 'PMC9', 'PMC9_2', 'PMC09', '10.1/a', 'b', 'B'].sort(naturalOrder)).toEqual([
      '10.1/a',
      'B',
      'PMC09',
      'PMC9',
      'PMC9_2',
      'PMC10',
      'b',
    ]);
  });
  it('is a total order', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'B', '0', '1', '9', '-', '.') });
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(naturalOrder(a, b))).toBe(-Math.sign(naturalOrder(b, a)) + 0);
        expect(naturalOrder(a, b) === 0).toBe(a === b);
        if (naturalOrder(a, b) <= 0 && naturalOrder(b, c) <= 0) expect(naturalOrder(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('names in a dataset', () => {
  it('go by the digits of the PMCID, else by a safe form of the id', () => {
    expect(imageFolder('PMC6744365')).toBe('images/PMC6/PMC67');
    expect(imageFolder('PMC5')).toBe('images/PMC5/PMC5');
    expect(imageFolder('case_7')).toBe('images/other/case_7');
    expect(imageFolder('10.1/a b')).toMatch(/^images\/other\/10\.1_a_b-[0-9a-f]{8}$/);
  });
  it('never leave the folder, and differ for different ids', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(safeName(a)).toMatch(/^(?!\.)[A-Za-z0-9._-]*$/);
        if (a !== b) expect(safeName(a)).not.toBe(safeName(b));
      }),
    );
  });
});

describe('figure files', () => {
  const owner = (over: Partial<FigureOwner> = {}): FigureOwner => ({
    article_id: 'PMC1234567',
    pmcid: 'PMC1234567',
    pmid: null,
    doi: '10.5555/x.1',
    file: '/nowhere/PMC1234567.xml',
    ...over,
  });
  /** What is found in a folder with these files. */
  const look = (
    files: readonly string[],
    names: readonly string[],
    over: Partial<FigureOwner> = {},
    others: readonly string[] = [],
  ) => {
    const root = tempFolder();
    for (const file of files) put(join(root, file), file);
    const found = new FigureFiles([root], new Set(others)).find(owner(over), { figure_id: 'F9', names });
    return (
      found && { path: found.path.slice(root.length + 1), rivals: found.rivals.map((r) => r.slice(root.length + 1)) }
    );
  };
  const one = (path: string) => ({ path, rivals: [] });

  it.each([
    ['the very name', ['f1.jpg', 'f1.png'], ['f1.jpg'], 'f1.jpg'],
    ['no ending in the article', ['f1.jpg', 'f1.gif'], ['f1'], 'f1.jpg'],
    ['another ending, lossless first', ['f1.jpg', 'f1.tif'], ['f1.eps'], 'f1.tif'],
    ['another case', ['F1.JPG'], ['f1.jpg'], 'F1.JPG'],
    [
      'a dot that is no ending',
      ['journal.pone.1.g001.png', 'journal.pone.1.g002.png'],
      ['journal.pone.1.g002'],
      'journal.pone.1.g002.png',
    ],
    ['folders in the name', ['f1.jpg'], ['images/large/f1.jpg'], 'f1.jpg'],
    ['the second name', ['f1-large.png'], ['f1.jpg', 'f1-large.png'], 'f1-large.png'],
    ['the id before the name', ['PMC1234567_f1.jpg', 'PMC999_f1.jpg'], ['f1.jpg'], 'PMC1234567_f1.jpg'],
  ])('%s', (_, files, names, found) => expect(look(files, names)).toEqual(one(found)));

  it('prefers the folder of the article, by any of its names', () => {
    expect(look(['f1.jpg', 'PMC1234567/f1.png'], ['f1.jpg'])).toEqual(one('PMC1234567/f1.png'));
    expect(look(['f1.jpg', 'batch/10.5555_x.1/f1.png'], ['f1.jpg'])).toEqual(one('batch/10.5555_x.1/f1.png'));
    expect(look(['f1.jpg', 'mine/f1.png'], ['f1.jpg'], { file: '/nowhere/mine.nxml' })).toEqual(one('mine/f1.png'));
  });
  it('never takes from the folder of another article', () => {
    expect(look(['PMC7654321/f1.jpg'], ['f1.jpg'])).toBeNull();
    expect(look(['theirs/f1.jpg'], ['f1.jpg'], {}, ['theirs'])).toBeNull();
    expect(look(['PMC1/PMC12/f1.jpg'], ['f1.jpg'])).toEqual(one('PMC1/PMC12/f1.jpg'));
  });
  it('by the id of the figure, where the article names no file, only in its own folder', () => {
    expect(look(['F9.jpg', 'PMC1234567/F9.jpg'], [])).toEqual(one('PMC1234567/F9.jpg'));
    expect(look(['PMC1234567_F9.png'], [])).toEqual(one('PMC1234567_F9.png'));
    expect(look(['F9.jpg'], [])).toBeNull();
  });
  it('says where several fit, and takes the same whatever the system lists first', () => {
    expect(look(['b/f1.jpg', 'a/f1.jpg'], ['f1.jpg'])).toEqual({ path: 'a/f1.jpg', rivals: ['b/f1.jpg'] });
    expect(look(['b/f1.jpg', 'f1.jpg'], ['f1.jpg'])).toEqual({ path: 'f1.jpg', rivals: ['b/f1.jpg'] });
    expect(look(['f1.jpg', 'f1.gif'], ['f1'])).toEqual(one('f1.jpg'));
  });
  it('looks beside the article, and in a folder there that has its name', () => {
    const root = tempFolder();
    put(join(root, 'f1.jpg'), '');
    put(join(root, 'PMC1234567', 'f2.jpg'), '');
    const files = new FigureFiles([], new Set([articleStem('PMC1234567.xml')]));
    const at = owner({ file: join(root, 'PMC1234567.xml') });
    const find = (name: string) => files.find(at, { figure_id: 'F1', names: [name] });
    expect(find('f1.jpg')?.path).toBe(join(root, 'f1.jpg'));
    expect(find('f2')?.path).toBe(join(root, 'PMC1234567', 'f2.jpg'));
    expect(find('f3')).toBeNull();
  });
});

describe('article files', () => {
  it('are named by what was given, each once, in any order', () => {
    const root = tempFolder();
    for (const file of ['a/x10.xml', 'a/x9.nxml', 'b/x9.nxml', 'a/notes.md', 'a/.hidden.xml', 'a/ds/images.json'])
      put(join(root, file), '<a/>');
    const names = (paths: readonly string[]) => articleFiles(paths, join(root, 'a/ds')).map((f) => f.file);
    expect(names([join(root, 'a')])).toEqual(['x9.nxml', 'x10.xml']);
    const both = ['a/x9.nxml', 'b/x9.nxml', 'x10.xml'];
    expect(names([join(root, 'a'), join(root, 'b')])).toEqual(both);
    expect(names([join(root, 'b'), join(root, 'a'), join(root, 'a/x10.xml')])).toEqual(both);
    expect(() => names([join(root, 'none')])).toThrow(/no such file or folder/);
  });
});

describe('mentions of a panel', () => {
  let of: MentionsOf;
  beforeAll(async () => {
    of = mentionReader((await sharedEngine()).context);
  });
  it.each([
    ['Figure 1A', ['A']],
    ['Fig. 1A–C', ['A', 'B', 'C']],
    ['Fig. 1a-c', ['A', 'B', 'C']],
    ['Figures 2A to C', ['A', 'B', 'C']],
    ['Figs. 1A, B and D', ['A', 'B', 'D']],
    ['Fig. 3 (b)', ['B']],
    ['Figure 1ab', ['A', 'B']],
    ['Plate II, B', ['B']],
    ['Figure 1', ['A', 'B', 'C', 'D']],
    ['Figures 1-3', ['A', 'B', 'C', 'D']],
  ])('%s', (mention, panels) => {
    expect(['A', 'B', 'C', 'D'].filter((panel) => of([mention], panel).length > 0)).toEqual(panels);
  });
  it('all of them for a whole figure and for panels without letters', () => {
    expect(of(['Fig. 1A', 'Fig. 1'], null)).toHaveLength(2);
    expect(of(['Fig. 1A', 'Fig. 1'], 'upper left')).toHaveLength(2);
    expect(of(['Fig. 1A', 'Fig. 1B'], 'A1')).toEqual(['Fig. 1A']);
  });
});

describe('kinds of images', () => {
  let kinds: KindReader;
  beforeAll(async () => {
    kinds = new KindReader((await sharedEngine()).pack.taxonomy);
  });
  it.each([
    [
      ['t2', 'axial', 'head', 'mass'],
      [],
      {
        image_type: 'radiology',
        image_subtype: ['mri', 'spin_echo', 't2'],
        radiology_region: ['head'],
        radiology_view: ['axial'],
      },
    ],
    [
      ['ct', 'pet', 'contrast', 'thorax', 'abdomen'],
      [],
      {
        image_type: 'radiology',
        image_subtype: ['ct', 'nuclear_medicine', 'pet'],
        radiology_region: ['thorax', 'abdomen'],
        radiology_view: [],
      },
    ],
    [
      ['cholangiogram', 'mri'],
      ['mrcp'],
      { image_type: 'radiology', image_subtype: ['mri', 'mrcp'], radiology_region: ['abdomen'], radiology_view: [] },
    ],
    [
      ['ihc'],
      [],
      { image_type: 'pathology', image_subtype: ['immunostaining', 'ihc'], radiology_region: [], radiology_view: [] },
    ],
    [['mass'], [], { image_type: null, image_subtype: [], radiology_region: [], radiology_view: [] }],
  ] as const)('%j', (labels, compounds, expected) => expect(kinds.read(labels, [], compounds)).toEqual(expected));
  it('of several types the one that is named most, then first', () => {
    const labels = ['h&e', 'ct'];
    expect(kinds.read(labels, [['ct'], ['h&e'], ['ct']]).image_type).toBe('radiology');
    expect(kinds.read(labels, [['h&e'], ['ct']]).image_type).toBe('pathology');
  });
});

describe('the journal', () => {
  const head = (nth: number, over: Partial<ArticleHead> = {}): ArticleHead => ({
    kind: 'article',
    file: 'a.xml',
    sha256: 's',
    nth,
    article_id: `PMC${nth}`,
    pmcid: null,
    pmid: null,
    doi: null,
    license: null,
    excluded: false,
    pubmed: null,
    figures: [],
    images: [],
    rejects: [],
    ...over,
  });
  const rows = (text: string): string =>
    JSON.stringify({ article: { title: text }, cases: [], figures: [], images: [] });
  const write = (count: number): string => {
    const path = join(tempFolder(), 'journal');
    const journal = Journal.open(path, 'print')!;
    for (let i = 0; i < count; i++) journal.append(head(i), rows(`title ${i}\t“${i}”`));
    journal.append({ kind: 'file', file: 'a.xml', sha256: 's', stamp: '1', articles: count, rejects: [] });
    journal.close();
    return path;
  };
  const titles = (journal: Journal): (string | undefined)[] =>
    Array.from({ length: 8 }, (_, i) => journal.article('a.xml', i)).map(
      (known) => known && (journal.rows(known)!.article.title as string),
    );

  it('gives back what was written, the later of two lines for one article', () => {
    const path = write(3);
    const journal = Journal.open(path, 'print')!;
    journal.append(head(1), rows('new'));
    expect(titles(journal).slice(0, 4)).toEqual(['title 0\t“0”', 'new', 'title 2\t“2”', undefined]);
    expect(journal.files.get('a.xml')?.articles).toBe(3);
    journal.close();
  });

  it('survives a cut at any byte: whole lines stand, and it can be added to', () => {
    const path = write(3);
    const bytes = readFileSync(path);
    const other = join(tempFolder(), 'cut');
    for (let cut = 0; cut <= bytes.length; cut += 7) {
      writeFileSync(other, bytes.subarray(0, cut));
      const journal = Journal.open(other, 'print')!;
      const whole = titles(journal).filter((t) => t !== undefined).length;
      expect(whole).toBe(Math.max(0, Math.min(3, bytes.subarray(0, cut).toString('latin1').split('\n').length - 2)));
      journal.append(head(7), rows('added'));
      journal.close();
      const again = Journal.open(other, 'print')!;
      expect(titles(again)[7]).toBe('added');
      expect(again.damaged).toBe(0);
      again.close();
    }
  });

  it('leaves a damaged line out, whichever byte it is', () => {
    const path = write(3);
    const bytes = readFileSync(path);
    const second = bytes.indexOf(10, bytes.indexOf(10) + 1) + 1;
    const other = join(tempFolder(), 'damaged');
    for (let i = 0; i < 60; i++) {
      const copy = Buffer.from(bytes);
      copy[second + i * 3] ^= 1;
      writeFileSync(other, copy);
      const journal = Journal.open(other, 'print')!;
      expect(journal.damaged).toBe(1);
      expect(titles(journal).slice(0, 3)).toEqual(['title 0\t“0”', undefined, 'title 2\t“2”']);
      journal.close();
    }
  });

  it('is begun anew for another fingerprint, and only read where nothing may be written', () => {
    const path = write(2);
    const size = statSync(path).size;
    appendFileSync(path, 'torn');
    expect(Journal.open(path, 'other', 'read')).toBeNull();
    const reading = Journal.open(path, 'print', 'read')!;
    expect(titles(reading).slice(0, 2)).toHaveLength(2);
    reading.close();
    expect(statSync(path).size).toBe(size + 4);
    const journal = Journal.open(path, 'other')!;
    expect(journal.article('a.xml', 0)).toBeUndefined();
    journal.close();
    expect(statSync(path).size).toBeLessThan(size);
  });

  it('is made smaller when most of it stands no more', () => {
    const path = join(tempFolder(), 'journal');
    const journal = Journal.open(path, 'print')!;
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < 8; i++) journal.append(head(i), rows(`${round} ${'x'.repeat(4_000)}`));
    }
    journal.append({ kind: 'file', file: 'a.xml', sha256: 's', stamp: '1', articles: 8, rejects: [] });
    const before = statSync(path).size;
    journal.compact(new Set(['a.xml']));
    journal.close();
    expect(statSync(path).size).toBeLessThan(before / 4);
    const again = Journal.open(path, 'print')!;
    expect(titles(again).every((t) => t?.startsWith('4 '))).toBe(true);
    expect(again.files.get('a.xml')?.articles).toBe(8);
    again.close();
  });
});

describe('the lock', () => {
  const path = (): string => join(tempFolder(), 'lock');
  const holder = (over: object): string => JSON.stringify({ pid: process.pid, host: hostname(), began: null, ...over });

  it('is held by one, and free after it', () => {
    const at = path();
    const lock = takeLock(at, 'ds');
    expect(() => takeLock(at, 'ds')).toThrow(
      `another build is at work on ds (process ${process.pid}); wait until it is done`,
    );
    lock.release();
    takeLock(at, 'ds').release();
  });
  it('of a dead process is taken over, also where its number was given again, or the file is torn', () => {
    for (const text of [holder({ pid: 2 ** 22 + 7 }), holder({ began: '1' }), '{"pi', '']) {
      const at = path();
      put(at, text);
      utimesSync(at, new Date(0), new Date(0));
      takeLock(at, 'ds').release();
    }
  });
  it('of another machine counts while it beats', () => {
    const at = path();
    put(at, holder({ host: 'elsewhere', pid: 7 }));
    expect(() => takeLock(at, 'ds')).toThrow(/process 7 on elsewhere/);
    utimesSync(at, new Date(0), new Date(0));
    takeLock(at, 'ds').release();
  });
});
