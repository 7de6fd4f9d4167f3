import { bytes, json, text, xml, type Answer, type Ask, type Service } from './answer.js';
import { find } from './find.js';
import { jatsDocument } from './jats.js';
import { pictureOf } from './picture.js';
import { proseOf } from './prose.js';
import type { World, WorldArticle } from './world.js';
import { zipOf, type ZipEntry } from './zipFile.js';

/** Europe PMC's REST service: search with a cursor, full text, and a ZIP of figures and supplements. */
export function europepmc(world: World): Service {
  const recent = new Map<string, Uint32Array>();
  return (ask) => {
    if (ask.path === '/search') return search(world, recent, ask);
    const [, pmcid, what] = /^\/(PMC\d+)\/(fullTextXML|supplementaryFiles)$/.exec(ask.path) ?? [];
    const article = pmcid ? world.byPmcid(pmcid) : undefined;
    if (!article?.open) return text('', 404);
    if (what === 'fullTextXML') return xml(jatsDocument(article));
    const inline = ask.params.get('includeInlineImage') !== 'false';
    // Figures are part of the archive in either case; what is asked for is the pictures that stand between words.
    const entries = zipEntries(article, inline);
    return entries.length === 0 ? text('', 404) : { ...bytes(zipOf(entries)), type: 'application/zip' };
  };
}

export function zipEntries(article: WorldArticle, inline = false): ZipEntry[] {
  const stem = `${article.pmcid}.${article.versions[0].version}`;
  const figures = article.figures.filter(({ state }) => state === 'there');
  return [
    ...figures.map(({ name }): ZipEntry => ({ name, bytes: pictureOf(`${stem}/${name}`) })),
    ...(inline && figures.length > 0 ? [{ name: 'inline-1.gif', bytes: Buffer.from('GIF89a') }] : []),
    ...(article.index % 5 === 0
      ? [{ name: 'supplement.txt', bytes: Buffer.from('More of the same.'), deflate: true }]
      : []),
  ];
}

function search(world: World, recent: Map<string, Uint32Array>, { params }: Ask): Answer {
  const query = params.get('query') ?? '';
  const size = Math.min(Number(params.get('pageSize') ?? 25), 1000);
  const cursor = params.get('cursorMark') ?? '*';
  const resultType = params.get('resultType') ?? 'lite';
  const key = `${world.size} ${query}`;
  const found = recent.get(key) ?? find(world, query);
  recent.set(key, found);
  if (recent.size > 4) recent.delete(recent.keys().next().value!);
  const start = cursor === '*' ? 0 : Number(Buffer.from(cursor, 'base64').toString().split(':')[1]);
  if (Number.isNaN(start)) return json(JSON.stringify({ errCode: 400, errMsg: 'Invalid cursorMark' }), 400);
  const page = Array.from(found.subarray(start, start + size), (index) => world.at(index)!);
  const next = Buffer.from(`AoII:${start + page.length}`).toString('base64');
  return json(
    JSON.stringify({
      version: '6.9',
      hitCount: found.length,
      ...(page.length === 0
        ? {}
        : {
            nextCursorMark: next,
            nextPageUrl: `https://www.ebi.ac.uk/europepmc/webservices/rest/search?query=${encodeURIComponent(query)}&cursorMark=${next}`,
          }),
      request: {
        queryString: query,
        resultType,
        cursorMark: cursor === '*' ? '%2A' : cursor,
        pageSize: size,
        sort: '',
        synonym: false,
      },
      resultList: { result: page.map((article) => resultOf(article, resultType)) },
    }),
  );
}

function resultOf(article: WorldArticle, resultType: string): Readonly<Record<string, unknown>> {
  const { pmid, pmcid, doi } = article;
  const ids = {
    id: pmid ?? pmcid,
    source: pmid === null ? 'PMC' : 'MED',
    ...(pmid === null ? {} : { pmid }),
    pmcid,
    fullTextIdList: { fullTextId: [pmcid] },
    ...(doi === null ? {} : { doi }),
  };
  if (resultType === 'idlist') return ids;
  const prose = proseOf(article);
  const yes = (is: boolean): 'Y' | 'N' => (is ? 'Y' : 'N');
  const lite = {
    ...ids,
    title: prose.title,
    authorString: `${prose.author.surname} ${prose.author.given[0]}.`,
    pubYear: article.date.slice(0, 4),
    isOpenAccess: yes(article.open),
    inEPMC: 'Y',
    inPMC: 'Y',
    hasPDF: 'N',
    hasSuppl: yes(article.figures.length > 0),
    firstIndexDate: article.date,
    firstPublicationDate: article.date,
  };
  if (resultType !== 'core')
    return {
      ...lite,
      journalTitle: prose.journal,
      pubType: article.caseReport ? 'case reports; journal article' : 'journal article',
    };
  return {
    ...lite,
    journalInfo: { yearOfPublication: Number(article.date.slice(0, 4)), journal: { title: prose.journal } },
    abstractText: prose.abstract,
    language: 'eng',
    pubTypeList: { pubType: article.caseReport ? ['Case Reports', 'Journal Article'] : ['Journal Article'] },
    meshHeadingList: {
      meshHeading: prose.mesh.map(({ name, major }) => ({ majorTopic_YN: yes(major), descriptorName: name })),
    },
    ...(article.licenseCode === null
      ? {}
      : { license: article.licenseCode === 'TDM' ? undefined : article.licenseCode.toLowerCase() }),
    authMan: yes(article.licenseCode === 'TDM'),
    epmcAuthMan: 'N',
    nihAuthMan: yes(article.licenseCode === 'TDM'),
  };
}
