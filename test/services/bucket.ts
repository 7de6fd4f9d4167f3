import { createHash } from 'node:crypto';
import { bytes, json, text, xml, type Answer, type Ask, type Service } from './answer.js';
import { jatsDocument } from './jats.js';
import { pictureOf } from './picture.js';
import { escapeXml, proseOf } from './prose.js';
import type { World, WorldArticle, WorldVersion } from './world.js';

const BUCKET = 'pmc-oa-opendata';
const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** The PMC Cloud Service: one object a file, read without a signature. */
export function bucket(world: World): Service {
  return (ask) => {
    if (ask.path === '/' || ask.path === '') return list(world, ask);
    const found = objectOf(world, decodeURIComponent(ask.path.slice(1)));
    return (
      found ??
      xml(
        `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>${escapeXml(ask.path.slice(1))}</Key></Error>`,
        404,
      )
    );
  };
}

function objectOf(world: World, key: string): Answer | undefined {
  const metadata = /^metadata\/(PMC\d+)\.(\d+)\.json$/.exec(key);
  const file = /^(PMC\d+)\.(\d+)\/(.+)$/.exec(key);
  const [, pmcid, number, name] = metadata ?? file ?? [];
  const article = pmcid ? world.byPmcid(pmcid) : undefined;
  const version = article?.open ? article.versions.find((each) => each.version === Number(number)) : undefined;
  if (!article || !version) return undefined;
  const stem = `${article.pmcid}.${version.version}`;
  if (metadata || name === `${stem}.json`) return object(json, metadataOf(article, version));
  if (name === `${stem}.xml`) return object(xml, jatsDocument(article, { version }));
  if (name === `${stem}.txt`) return object(text, plainText(article));
  const figure = article.figures.find((each) => each.name === name && each.state === 'there');
  return figure && object(bytes, pictureOf(`${stem}/${figure.name}`), 'image/jpeg');
}

function object(make: typeof bytes, body: string | Buffer, type?: string): Answer {
  const answer = make(body);
  return { ...answer, type: type ?? answer.type, headers: { etag: `"${md5(answer.body)}"`, 'accept-ranges': 'bytes' } };
}

const md5 = (body: string | Buffer): string => createHash('md5').update(body).digest('hex');

function metadataOf(article: WorldArticle, version: WorldVersion): string {
  const stem = `${article.pmcid}.${version.version}`;
  const url = (name: string, body: string | Buffer): string => `s3://${BUCKET}/${stem}/${name}?md5=${md5(body)}`;
  const prose = proseOf(article);
  return JSON.stringify({
    pmcid: article.pmcid,
    version: version.version,
    ...(article.pmid === null ? {} : { pmid: Number(article.pmid) }),
    doi: article.doi,
    title: prose.title,
    citation: `${prose.journal}. ${article.date.slice(0, 4)};1:${article.index}.`,
    is_pmc_openaccess: !version.manuscript,
    is_manuscript: version.manuscript,
    is_historical_ocr: false,
    is_retracted: article.retracted,
    license_code: version.licenseCode,
    xml_url: url(`${stem}.xml`, jatsDocument(article, { version })),
    text_url: url(`${stem}.txt`, plainText(article)),
    media_urls: article.figures
      .filter(({ state }) => state !== 'unlisted')
      .map(({ name }) => url(name, pictureOf(`${stem}/${name}`))),
  });
}

function plainText(article: WorldArticle): string {
  const prose = proseOf(article);
  return [prose.title, prose.abstract, prose.introduction, ...prose.presentation, prose.discussion].join('\n\n');
}

/** Keys below a prefix, folded at the delimiter, a thousand a page. The asked prefix is echoed at the top. */
function list(world: World, { params }: Ask): Answer {
  const prefix = params.get('prefix') ?? '';
  const delimiter = params.get('delimiter') ?? '';
  const pmcid = /^(?:metadata\/)?(PMC\d+)\./.exec(prefix)?.[1];
  const article = pmcid ? world.byPmcid(pmcid) : undefined;
  const keys = article?.open ? keysOf(article).filter((key) => key.startsWith(prefix)) : [];
  const folders = new Set<string>();
  const contents: string[] = [];
  for (const key of keys.sort()) {
    const cut = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    if (cut < 0) contents.push(key);
    else folders.add(key.slice(0, cut + delimiter.length));
  }
  const size = Math.min(Number(params.get('max-keys') ?? 1000), 1000);
  const start = Number(params.get('continuation-token') ?? 0);
  const all = [
    ...contents.map((key) => `<Contents><Key>${escapeXml(key)}</Key><Size>1</Size></Contents>`),
    ...[...folders].map((folder) => `<CommonPrefixes><Prefix>${escapeXml(folder)}</Prefix></CommonPrefixes>`),
  ];
  const page = all.slice(start, start + size);
  const more = start + size < all.length;
  return xml(
    `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="${NAMESPACE}"><Name>${BUCKET}</Name><Prefix>${escapeXml(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${size}</MaxKeys>` +
      `${delimiter ? `<Delimiter>${escapeXml(delimiter)}</Delimiter>` : ''}<IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${start + size}</NextContinuationToken>` : ''}${page.join('')}</ListBucketResult>`,
  );
}

const keysOf = (article: WorldArticle): string[] =>
  article.versions.flatMap(({ version }) => {
    const stem = `${article.pmcid}.${version}`;
    const files = article.figures.filter(({ state }) => state === 'there').map(({ name }) => name);
    return [
      `metadata/${stem}.json`,
      ...['json', 'xml', 'txt'].map((kind) => `${stem}/${stem}.${kind}`),
      ...files.map((name) => `${stem}/${name}`),
    ];
  });
