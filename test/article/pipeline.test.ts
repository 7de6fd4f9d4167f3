import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readArticles, type ArticleResult } from '../../core/pipeline/articles.js';
import { readPubmed } from '../../core/pipeline/pubmed.js';
import { article, meta } from './read.js';
import { readers } from './readers.js';

const plugins = readers();
const made = (id: number): string => article(meta(`<article-id pub-id-type="pmc">${id}</article-id>`));
const BIOC = '{"source":"PMC","documents":[{"id":"PMC50","passages":[{"infons":{},"text":"A man fell."}]}]}';

let folder: string;
const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
};
const read = async (paths: readonly string[]): Promise<ArticleResult[]> => {
  const results: ArticleResult[] = [];
  for await (const result of readArticles(paths, plugins)) results.push(result);
  return results;
};
const short = (results: readonly ArticleResult[]): string[] =>
  results.map((result) =>
    'reject' in result ? `${relative(folder, result.reject.file)}: ${result.reject.error}` : result.article.article_id,
  );

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'articles-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('takes the articles of a folder by name, whatever their format, and leaves other files alone', async () => {
  const at = 'mixed';
  write(`${at}/b.nxml`, made(1));
  write(`${at}/a/z.XML`, made(2));
  write(`${at}/c.json`, BIOC);
  write(`${at}/d.txt`, 'A woman fell.');
  write(`${at}/e.xml.gz`, gzipSync(made(3)));
  write(`${at}/f.bin.gz`, Buffer.concat([gzipSync(made(4)), gzipSync(made(5))]));
  write(`${at}/.hidden.xml`, made(9));
  write(`${at}/index.jsonl`, '{}');
  write(`${at}/figure.jpg`, 'x');
  expect(short(await read([join(folder, at)]))).toEqual(['PMC2', 'PMC1', 'PMC50', 'd', 'PMC3', 'PMC4', 'PMC5']);
});

test('tells formats by content: names do not count', async () => {
  const paths = [write('names/jats.json', made(1)), write('names/bioc.txt', BIOC), write('names/note', 'A man fell.')];
  expect(short(await read(paths))).toEqual(['PMC1', 'PMC50', 'note']);
});

test('reads a gzip file of text in UTF-16', async () => {
  const path = write('wide.gz', gzipSync(Buffer.from(`\uFEFF${made(7)}`, 'utf16le')));
  expect(short(await read([path]))).toEqual(['PMC7']);
});

describe('a bad file is one reject, and the rest goes on', () => {
  const deep = `<article><body>${'<sec>'.repeat(50_000)}${'</sec>'.repeat(50_000)}</body></article>`;
  const zipped = gzipSync(Buffer.from(made(1).repeat(50)));
  test.each<[string, string | Uint8Array, string]>([
    ['cut.xml', made(1).slice(0, -40), 'The file is cut off: it ends inside <'],
    [
      'page.xml',
      '<!DOCTYPE html>\n<html><body>503 Service Unavailable<br></body></html>',
      'The file is an HTML page, not an article',
    ],
    [
      'page2.xml',
      '<?xml version="1.0"?>\n<!-- x -->\n<html xmlns="http://www.w3.org/1999/xhtml"/>',
      'The file is an HTML page',
    ],
    ['page.txt', '\n<HTML><title>404</title>', 'The file is an HTML page'],
    [
      'latin.xml',
      Buffer.from('<?xml version="1.0" encoding="UTF-8"?><article><body><p>café</p></body></article>', 'latin1'),
      'UTF-8, but some of its bytes are not',
    ],
    ['list.json', '[]', 'The file holds no BioC document.'],
    ['other.json', '{"resultList": {"result": []}}', 'The file is JSON, but not BioC.'],
    ['deep.xml', deep, 'Elements are nested more than 256 deep'],
    [
      'xxe.xml',
      '<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/hostname">]><article><body><p>&x;</p></body></article>',
      'declares entities of its own',
    ],
    ['empty.xml', '', 'The file is empty.'],
    ['blank.txt', ' \n\t', 'The file is empty.'],
    ['cut.xml.gz', zipped.subarray(0, zipped.length >> 1), 'The gzip file is cut off.'],
    ['bad.xml.gz', Buffer.concat([zipped.subarray(0, 20), Buffer.alloc(400, 0xff)]), 'The gzip file is damaged'],
    [
      'bomb.xml.gz',
      gzipSync(Buffer.concat([Buffer.from('<article><body><p>'), Buffer.alloc(90 << 20, 0x20)]), { level: 9 }),
      'The gzip file grows to more than 400 times its size.',
    ],
    [
      'tar.gz',
      gzipSync(Buffer.concat([Buffer.alloc(257), Buffer.from('ustar'), Buffer.alloc(300)])),
      'The file is a tar archive',
    ],
    ['paper.txt', '%PDF-1.7 ...', 'The file is a PDF'],
    ['archive.txt', 'PK\u0003\u0004...', 'The file is a ZIP archive'],
    ['search.xml', '<eSearchResult><Count>0</Count></eSearchResult>', 'XML with the root element <eSearchResult>'],
    ['noise.txt', '\u0001\u0002\u0003', 'No reader knows what this file is.'],
  ])('%s', async (name, content, error) => {
    const results = await read([
      write('good1.xml', made(1)),
      write(`bad/${name}`, content),
      write('good2.xml', made(2)),
    ]);
    const [first, bad, ...rest] = short(results);
    expect([first, ...rest]).toEqual(['PMC1', 'PMC2']);
    expect(bad).toContain(`bad/${name}: `);
    expect(bad).toContain(error);
    expect(bad).toMatch(/\.$/);
  });

  test('an article without a body is no bad file', async () => {
    const [result] = await read([write('meta.xml', article(meta('<article-id pub-id-type="pmc">8</article-id>'), ''))]);
    expect(result).toMatchObject({ article: { article_id: 'PMC8', sections: [], figures: [] } });
  });

  test('articles before the bad place are kept', async () => {
    expect(short(await read([write('tail.xml', `${made(1)}${made(2)}<article><front>`)]))).toEqual([
      'PMC1',
      'PMC2',
      'tail.xml: The file is cut off: it ends inside <front>.',
    ]);
  });

  test('a plugin that throws something else is a reject too', async () => {
    const broken = {
      accepts: () => true,
      read: () => {
        throw new TypeError('no such\nfield');
      },
    };
    const results: ArticleResult[] = [];
    for await (const result of readArticles([write('x.xml', made(1))], [broken])) results.push(result);
    expect(short(results)).toEqual(['x.xml: no such field']);
  });
});

test('a missing path is told before anything is read', async () => {
  const stream = readArticles([write('y.xml', made(1)), join(folder, 'nothing')], plugins);
  await expect(stream.next()).rejects.toThrow(/^There is no file or folder “.*nothing”\.$/);
});

test('a reader that stops early leaves nothing open', async () => {
  const path = write('many.xml.gz', gzipSync(made(1).repeat(5000)));
  for await (const result of readArticles([path], plugins)) {
    expect(short([result])).toEqual(['PMC1']);
    break;
  }
  expect(short((await read([path])).slice(-1))).toEqual(['PMC1']);
});

describe('PubMed’s metadata', () => {
  const heading = (name: string, major: string, qualifier = ''): string =>
    `<MeshHeading><DescriptorName MajorTopicYN="${major}">${name}</DescriptorName>${qualifier}</MeshHeading>`;
  const pubmed = (pmid: number, ids: string, types = 'Case Reports'): string =>
    `<PubmedArticle><MedlineCitation><PMID Version="1">${pmid}</PMID><Article><Journal><JournalIssue><PubDate><MedlineDate>2018 Nov-Dec</MedlineDate></PubDate></JournalIssue>
     <Title>Falls</Title></Journal><Language>spa</Language><PublicationTypeList><PublicationType>${types}</PublicationType></PublicationTypeList></Article>
     <MeshHeadingList>${heading('Humans', 'N')}${heading('Knee', 'N', '<QualifierName MajorTopicYN="Y">injuries</QualifierName>')}</MeshHeadingList></MedlineCitation>
     <PubmedData><ArticleIdList><ArticleId IdType="pubmed">${pmid}</ArticleId>${ids}</ArticleIdList>
     <ReferenceList><Reference><ArticleIdList><ArticleId IdType="pmc">PMC99</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>`;
  const set = (...articles: string[]): string =>
    `<?xml version="1.0"?><!DOCTYPE PubmedArticleSet SYSTEM "p.dtd"><PubmedArticleSet>${articles.join('')}</PubmedArticleSet>`;

  test('is joined by PMID, PMCID or DOI', async () => {
    const file = write(
      'pubmed.xml.gz',
      gzipSync(
        set(
          pubmed(1, ''),
          pubmed(2, '<ArticleId IdType="pmc">PMC22</ArticleId>', 'Review'),
          pubmed(3, '<ArticleId IdType="doi">10.5555/ABC</ArticleId>'),
        ),
      ),
    );
    const metadata = await readPubmed([file]);
    expect(metadata.size).toBe(3);
    const ids = [
      '<article-id pub-id-type="pmid">1</article-id>',
      '<article-id pub-id-type="pmc">22</article-id>',
      '<article-id pub-id-type="doi">10.5555/abc</article-id><pub-date><year>2020</year></pub-date>',
      '<article-id pub-id-type="pmc">99</article-id>',
    ];
    const path = write('joined.xml', ids.map((id) => article(meta(id))).join(''));
    const joined: unknown[] = [];
    for await (const result of readArticles([path], plugins, metadata)) {
      if ('article' in result) {
        const { pmid, mesh_terms, major_mesh_terms, publication_types, year, language } = result.article;
        joined.push([pmid, mesh_terms, major_mesh_terms, publication_types, year, language]);
      }
    }
    expect(joined).toEqual([
      ['1', ['Humans', 'Knee'], ['Knee'], ['Case Reports'], 2018, 'es'],
      ['2', ['Humans', 'Knee'], ['Knee'], ['Review'], 2018, 'es'],
      ['3', ['Humans', 'Knee'], ['Knee'], ['Case Reports'], 2020, 'es'],
      [null, [], undefined, [], null, null],
    ]);
  });

  test('that is none is told with its file', async () => {
    await expect(readPubmed([write('error.html', '<html><body>Error</body></html>')])).rejects.toThrow(
      /error\.html is no PubMed XML: The file has the root element <html>/,
    );
    await expect(readPubmed([join(folder, 'none.xml')])).rejects.toThrow(/none\.xml cannot be opened/);
  });
});
