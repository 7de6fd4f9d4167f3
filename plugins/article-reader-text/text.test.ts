import { describe, expect, test } from 'vitest';
import { testContext } from '../../test/article/context.js';
import { readAll, readOne } from '../../test/article/read.js';
import text from './index.js';

const reader = text.setup(testContext(), {});
const outline = async (content: string): Promise<unknown> =>
  (await readOne(reader, content, 'notes/visit.txt')).sections.map(({ title, paragraphs }) => [
    title,
    paragraphs.map((p) => p.text),
  ]);

test('one line is one paragraph', async () => {
  expect(await outline('Case 1 A man of 40 fell. He rose.\n')).toEqual([[null, ['Case 1 A man of 40 fell. He rose.']]]);
});

test('without blank lines each line is a paragraph', async () => {
  expect(await outline('First thing seen here.\nSecond thing seen here.')).toEqual([
    [null, ['First thing seen here.', 'Second thing seen here.']],
  ]);
});

test('blank lines part paragraphs, whose lines are joined', async () => {
  expect(await outline('A man of 40\nfell.\r\n\r\nHe rose\nagain.\n')).toEqual([
    [null, ['A man of 40 fell.', 'He rose again.']],
  ]);
});

test('short lines by themselves are headings, the first the title', async () => {
  const content =
    'Three falls\n\nIntroduction\n\nPeople fall.\n\n2. Cases\n\n2.1 Case 1\nA man of 40 fell off a ladder, and then he rose again.\n\n## Deeper\n\nWords here.';
  const read = await readOne(reader, content);
  expect(read.title).toBe('Three falls');
  expect(read.sections.map(({ title }) => title)).toEqual(['Introduction', '2. Cases']);
  expect(read.sections[1].sections.map(({ title, paragraphs }) => [title, paragraphs.length])).toEqual([
    ['2.1 Case 1', 1],
    ['Deeper', 1],
  ]);
});

test('captions are figures; a sentence about a figure is none', async () => {
  const read = await readOne(
    reader,
    'He fell.\n\nFigure 1 shows the ladder.\n\nFigure 1. The ladder.\n\nFig. 2: The floor.',
  );
  expect(read.figures.map(({ label, caption }) => [label, caption])).toEqual([
    ['Figure 1', 'Figure 1. The ladder.'],
    ['Fig. 2', 'Fig. 2: The floor.'],
  ]);
  expect(read.sections[0].paragraphs.map((p) => p.text)).toEqual(['He fell.', 'Figure 1 shows the ladder.']);
});

test('the article is named after the file', async () => {
  const read = await readOne(reader, '\uFEFFHe fell.', 'notes/visit.txt');
  expect([read.article_id, read.file, read.sections[0].paragraphs[0].text]).toEqual([
    'visit',
    'notes/visit.txt',
    'He fell.',
  ]);
});

describe('refuses', () => {
  test.each([
    '<?xml version="1.0"?>',
    '<html>',
    '<!DOCTYPE html>',
    '{"a": 1}',
    '[1',
    '[]',
    '%PDF-1.7',
    'PK\u0003\u0004',
    '\u0000\u0001',
  ])('to look at %j', (head) => {
    // A list of numbers may be a note; a list of values in quotes or brackets is JSON.
    expect(reader.accepts(head, 'a.txt')).toBe(head === '[1');
  });

  test.each([
    [' \n ', 'The file is empty.'],
    [Buffer.from([0x63, 0x61, 0x66, 0xe9]), 'UTF-8'],
  ])('%j', async (content, message) => {
    await expect(readAll(reader, content)).rejects.toThrow(message);
  });
});
