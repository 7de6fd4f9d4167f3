import { xml, type Answer, type Ask, type Service } from './answer.js';
import { dateOf, dayOf } from './calendar.js';
import { jatsOf } from './jats.js';
import { escapeXml, proseOf } from './prose.js';
import type { World, WorldArticle } from './world.js';

const PAGE = 10;
const FORMATS = new Set(['oai_dc', 'pmc', 'pmc_fm']);

interface Harvest {
  readonly verb: string;
  readonly prefix: string;
  readonly set: string | null;
  readonly first: number;
  readonly last: number;
  /** The number of the article to go on with. */
  readonly at: number;
}

/** PMC's OAI-PMH: ten records a page, no total, errors with the status of success. */
export function oai(world: World): Service {
  return (ask) => {
    const { params } = ask;
    switch (params.get('verb')) {
      case 'Identify':
        return envelope(
          ask,
          `<Identify><repositoryName>Made-up Central</repositoryName><protocolVersion>2.0</protocolVersion><earliestDatestamp>${dateOf(world.firstDay)}</earliestDatestamp><granularity>YYYY-MM-DD</granularity></Identify>`,
        );
      case 'GetRecord':
        return one(world, ask);
      case 'ListRecords':
      case 'ListIdentifiers':
        return many(world, ask);
      default:
        return failed(ask, 'badVerb', 'Value of the verb argument is not a legal OAI-PMH verb');
    }
  };
}

function one(world: World, ask: Ask): Answer {
  const prefix = ask.params.get('metadataPrefix') ?? '';
  if (!FORMATS.has(prefix))
    return failed(ask, 'cannotDisseminateFormat', 'The metadata format is not supported by the repository');
  const number = /^oai:pubmedcentral\.nih\.gov:(\d+)$/.exec(ask.params.get('identifier') ?? '')?.[1];
  const article = number ? world.byPmcid(number) : undefined;
  if (!article)
    return failed(
      ask,
      'idDoesNotExist',
      'The value of the identifier argument is unknown or illegal in this repository',
    );
  if (prefix === 'pmc' && !article.open)
    return failed(
      ask,
      'cannotDisseminateFormat',
      'The metadata format identified by the value given for the metadataPrefix argument is not supported by the item',
    );
  return envelope(ask, `<GetRecord>${record(article, prefix)}</GetRecord>`);
}

function many(world: World, ask: Ask): Answer {
  const token = ask.params.get('resumptionToken');
  const harvest = token === null ? begun(world, ask.params) : resumed(token);
  if (harvest === undefined)
    return failed(ask, 'badResumptionToken', 'The value of the resumptionToken argument is invalid or expired');
  if (!FORMATS.has(harvest.prefix))
    return failed(ask, 'cannotDisseminateFormat', 'The metadata format is not supported by the repository');
  const end = Math.min(world.between(harvest.first, harvest.last)[1], world.size);
  const page: WorldArticle[] = [];
  let at = harvest.at;
  for (; at < end && page.length < PAGE; at++) {
    const article = world.at(at)!;
    if (article.open || harvest.set === null) page.push(article);
  }
  if (page.length === 0)
    return failed(ask, 'noRecordsMatch', 'The combination of the given values results in an empty list');
  const next =
    at < end
      ? `<resumptionToken>${Buffer.from(JSON.stringify({ ...harvest, at })).toString('base64url')}</resumptionToken>`
      : '<resumptionToken/>';
  const held = page
    .map((article) => (harvest.verb === 'ListIdentifiers' ? header(article) : record(article, harvest.prefix)))
    .join('');
  return envelope(ask, `<${harvest.verb}>${held}${next}</${harvest.verb}>`);
}

function begun(world: World, params: URLSearchParams): Harvest {
  const from = params.get('from');
  const until = params.get('until');
  const first = from ? dayOf(from.slice(0, 10)) : world.firstDay;
  const last = until ? dayOf(until.slice(0, 10)) : 100_000;
  return {
    verb: params.get('verb')!,
    prefix: params.get('metadataPrefix') ?? '',
    set: params.get('set'),
    first,
    last,
    at: world.between(first, last)[0],
  };
}

function resumed(token: string): Harvest | undefined {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString()) as Harvest;
  } catch {
    return undefined;
  }
}

const header = (article: WorldArticle): string =>
  `<header><identifier>oai:pubmedcentral.nih.gov:${article.uid}</identifier><datestamp>${article.date}</datestamp><setSpec>madeup</setSpec>${article.open ? '<setSpec>pmc-open</setSpec>' : ''}</header>`;

function record(article: WorldArticle, prefix: string): string {
  const metadata =
    prefix === 'oai_dc'
      ? `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(proseOf(article).title)}</dc:title><dc:identifier>https://pmc.ncbi.nlm.nih.gov/articles/${article.pmcid}/</dc:identifier></oai_dc:dc>`
      : jatsOf(article, { namespace: true, frontOnly: prefix === 'pmc_fm' || !article.open });
  return `<record>${header(article)}<metadata>${metadata}</metadata></record>`;
}

function envelope({ params }: Ask, content: string): Answer {
  const attributes = [...params].map(([key, value]) => ` ${key}="${escapeXml(value)}"`).join('');
  return xml(
    `<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><responseDate>2026-01-01T00:00:00Z</responseDate><request${attributes}>https://pmc.ncbi.nlm.nih.gov/api/oai/v1/mh/</request>${content}</OAI-PMH>`,
  );
}

const failed = (ask: Ask, code: string, message: string): Answer =>
  envelope(ask, `<error code="${code}">${message}</error>`);
