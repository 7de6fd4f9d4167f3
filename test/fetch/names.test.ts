import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, readId, readIdList, licenseFilter } from '../../core/fetch/index.js';
import { figureFiles, figureStem, safeName } from '../../core/fetch/fileName.js';

describe('a figure file', () => {
  it.each([
    ['gr1', ['gr2.jpg', 'gr1.jpg'], 'gr1.jpg'],
    ['PMC1/GR1.TIF', ['gr1.jpg'], 'gr1.jpg'],
    ['gr1.jpg', ['gr1.gif', 'gr1.jpg'], 'gr1.jpg'],
    ['gr1.tif', ['gr1.gif', 'gr1.png', 'gr1.JPG'], 'gr1.JPG'],
    ['gr1', ['gr1_lrg.jpg'], 'gr1_lrg.jpg'],
    ['gr1', ['gr10.jpg', 'gr1.pdf', 'gr1.mp4'], undefined],
    ['1471-2407-9-1.2-f1', ['1471-2407-9-1.2-f1.jpg', '1471-2407-9-1.jpg'], '1471-2407-9-1.2-f1.jpg'],
  ])('%s of %j is %s', (want, names, expected) => {
    expect(figureFiles([want], names).get(want)).toBe(expected);
  });

  it('gets a name that stays in its folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const name = safeName(raw);
        if (name === null) return;

        expect(name).not.toMatch(/[\\/\u0000-\u001f]|^\.|^$/);
      }),
    );
    expect(safeName('../../etc/pass wd.jpg')).toBe('pass wd.jpg');
    expect(safeName('..')).toBeNull();
    expect(safeName('.hidden.png')).toBe('hidden.png');
    expect(figureStem('A/Gr1.JPEG')).toBe('gr1');
  });
});

describe('an id', () => {
  it.each([
    ['PMC123', { pmcid: 'PMC123', pmid: null, doi: null }],
    ['pmc123.2', { pmcid: 'PMC123', pmid: null, doi: null }],
    ['https://pmc.ncbi.nlm.nih.gov/articles/PMC123/', { pmcid: 'PMC123', pmid: null, doi: null }],
    ['0123', { pmcid: null, pmid: '123', doi: null }],
    ['PMID: 123', { pmcid: null, pmid: '123', doi: null }],
    ['https://doi.org/10.1000/a(b)', { pmcid: null, pmid: null, doi: '10.1000/a(b)' }],
    ['nothing', null],
    ['PMC', null],
  ])('%s', (raw, ids) => expect(readId(raw)).toEqual(ids));

  it('stands alone on its line, or in the first column', () => {
    const lines = readIdList('pmcid\n# a comment\n\nPMC1\r\n"PMC2",title\n77\tx # and why\nwhat?\n');
    expect(lines.map(({ line, ids }) => [line, ids?.pmcid ?? ids?.pmid ?? null])).toEqual([
      [4, 'PMC1'],
      [5, 'PMC2'],
      [6, '77'],
      [7, null],
    ]);
  });
});

it.each([
  ['2015', 'from', '2015-01-01'],
  ['2015', 'to', '2015-12-31'],
  ['2024-02', 'to', '2024-02-29'],
  ['2015/3/9', 'from', '2015-03-09'],
] as const)('the day %s as --%s is %s', (given, flag, day) => expect(dayOf(given, flag)).toBe(day));
it.each(['15', '2015-13', '2023-02-29', 'soon'])('%s is no day', (given) =>
  expect(() => dayOf(given, 'from')).toThrow(/is a year, a month or a day/),
);

describe('licences', () => {
  it('are read as people write them', () => {
    const filter = licenseFilter(['cc-by, CC0', 'CC BY-NC 4.0']);
    expect(
      (['CC BY', 'CC0', 'CC BY-NC', 'CC BY-SA', 'other', 'TDM', null] as const).map((one) => filter.accepts(one)),
    ).toEqual([true, true, true, false, false, false, false]);
    expect(filter.hint).toEqual(['CC BY', 'CC0', 'CC BY-NC']);
  });
  it('are those of Creative Commons where none is named, and manuscripts only where they are', () => {
    expect((['CC BY-NC-ND', 'other', 'TDM', null] as const).map((one) => licenseFilter([]).accepts(one))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect((['CC BY-NC-ND', 'other', 'TDM', null] as const).map((one) => licenseFilter(['any']).accepts(one))).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(licenseFilter(['tdm']).accepts('TDM')).toBe(true);
    expect(licenseFilter(['any', 'tdm']).hint).toBeUndefined();
  });
  it('that do not exist are refused', () =>
    expect(() => licenseFilter(['cc-bi'])).toThrow(/no licence 'cc-bi'; licences: cc0, /));
});
