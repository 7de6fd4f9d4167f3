import { describe, expect, test } from 'vitest';
import { parseQuery } from './query.js';
import { startServices } from './server.js';
import { World, type WorldArticle } from './world.js';

const world = new World({ articles: 400 });
const articles = Array.from({ length: 400 }, (_, index) => world.at(index)!);

describe('the world', () => {
  test('is the same for everyone, whatever the order', () => {
    const other = new World({ articles: 400 });
    expect([399, 0, 17].map((index) => other.at(index))).toEqual([399, 0, 17].map((index) => articles[index]));
    expect(new World({ articles: 400, seed: 'other' }).at(17)).not.toEqual(articles[17]);
  });

  test('finds articles by each of their ids, and no others', () => {
    for (const article of articles) {
      expect(world.byPmcid(article.pmcid)).toEqual(article);
      if (article.pmid) expect(world.byPmid(article.pmid)).toEqual(article);
      if (article.doi) expect(world.byDoi(article.doi)).toEqual(article);
    }
    const known = new Set(articles.map(({ uid }) => uid));
    for (let uid = articles[0].uid - 5; uid < articles[0].uid + 50; uid++) {
      expect(world.byPmcid(`PMC${uid}`) !== undefined).toBe(known.has(uid));
    }
  });

  test('spreads arrivals over the days, bursts apart', () => {
    const burst = new World({ articles: 1000, from: '2020-01-01', to: '2020-01-10', bursts: { '2020-01-05': 910 } });
    const perDay = Array.from({ length: 10 }, (_, day) =>
      burst.between(burst.firstDay + day, burst.firstDay + day),
    ).map(([low, high]) => high - low);
    expect(perDay).toEqual([9, 9, 9, 9, 919, 9, 9, 9, 9, 9]);
    expect(burst.at(500)!.date).toBe('2020-01-05');
    expect([burst.at(0)!.date, burst.at(999)!.date]).toEqual(['2020-01-01', '2020-01-10']);
  });

  test('can be younger than it will be', async () => {
    const young = await startServices({ world: { articles: 100, from: '2021-01-01', to: '2021-04-10' } });
    try {
      young.world.goTo('2021-01-30');
      expect(young.idsOf('2021[pdat] OR NOT 2021[pdat]')).toHaveLength(30);
      expect([young.world.at(29)?.date, young.world.at(30)]).toEqual(['2021-01-30', undefined]);
      const answer = await fetch(
        `${young.urls['oai-pmh']}/?verb=ListIdentifiers&metadataPrefix=pmc_fm&from=2021-01-28`,
      );
      expect((await answer.text()).match(/<header>/g)).toHaveLength(3);
      await fetch(`${new URL(young.urls.eutils).origin}/control/today?date=2021-12-31`);
      expect(young.world.size).toBe(100);
    } finally {
      await young.close();
    }
  });

  test('has something of everything', () => {
    const some = (test: (article: WorldArticle) => boolean): boolean => articles.some(test);
    expect(some(({ open }) => !open)).toBe(true);
    expect(some(({ licenseCode }) => licenseCode === 'TDM')).toBe(true);
    expect(some(({ licenseCode, open }) => open && licenseCode === null)).toBe(true);
    expect(some(({ versions }) => versions.at(-1)!.version === 10)).toBe(true);
    expect(some(({ versions }) => versions.length === 2 && versions[1].manuscript)).toBe(true);
    expect(some(({ figures }) => figures.some(({ state }) => state === 'absent'))).toBe(true);
    expect(some(({ figures }) => figures.some(({ state }) => state === 'unlisted'))).toBe(true);
    expect(some(({ figures }) => figures.some(({ href, name }) => !name.includes(href)))).toBe(true);
  });
});

test('queries are read in both languages', () => {
  expect(
    parseQuery('case reports[pt] AND (brain tumor OR 2020/01/01:2020/02/01[edat]) NOT "cc0 license"[filter]'),
  ).toEqual({
    kind: 'and',
    parts: [
      { kind: 'word', text: 'case reports', field: 'pt' },
      {
        kind: 'or',
        parts: [
          { kind: 'word', text: 'brain tumor', field: null },
          { kind: 'range', from: '2020/01/01', to: '2020/02/01', field: 'edat' },
        ],
      },
      { kind: 'not', part: { kind: 'word', text: 'cc0 license', field: 'filter' } },
    ],
  });
  expect(parseQuery('(hip fracture) AND OPEN_ACCESS:y AND FIRST_PDATE:[2020-01-01 TO 2020-12-31]')).toEqual({
    kind: 'and',
    parts: [
      { kind: 'word', text: 'hip fracture', field: null },
      { kind: 'word', text: 'y', field: 'open_access' },
      { kind: 'range', from: '2020-01-01', to: '2020-12-31', field: 'first_pdate' },
    ],
  });
});
