import { describe, expect, test } from 'vitest';
import { testContext } from '../../test/article/context.js';
import { article, meta, readOne } from '../../test/article/read.js';
import jats from './index.js';

const reader = jats.setup(testContext(), {});
const read = (body: string, rest = ''): ReturnType<typeof readOne> =>
  readOne(reader, article(meta(''), `<body>${body}</body>`, rest));
const fig = (id: string, inner = ''): string => `<fig id="${id}"><label>Figure ${id}</label>${inner}</fig>`;

describe('figures', () => {
  test('have label, caption, markup and file', async () => {
    const { figures } = await read(`<fig id="F1"><label>Fig. 1</label>
      <caption><title>Chest.</title><p><bold>(A)</bold> Radiograph; <bold>(</bold><bold>B</bold><bold>)</bold> <italic>in vivo</italic> image.</p><p>Scale 1 cm.</p></caption>
      <graphic xlink:href="images/case1-g001.tif"/></fig>`);
    const [{ caption, markup, ...figure }] = figures;
    expect(figure).toEqual({ figure_id: 'F1', label: 'Fig. 1', file: 'case1-g001.tif' });
    expect(caption).toBe('Chest.\n(A) Radiograph; (B) in vivo image.\nScale 1 cm.');
    expect(markup.map(({ start, end, style }) => [caption.slice(start, end), style])).toEqual([
      ['(A)', 'bold'],
      ['(B)', 'bold'],
      ['in vivo', 'italic'],
    ]);
  });

  test('come from groups, boxes, supplements, the abstract and the floats group, not from other articles inside', async () => {
    const { figures } = await readOne(
      reader,
      article(
        meta(`<abstract abstract-type="graphical"><p>${fig('ga')}</p></abstract>`),
        `<body><sec><p>${fig('1')}</p><fig-group>${fig('2')}${fig('3')}</fig-group></sec>
         <boxed-text>${fig('4')}</boxed-text><supplementary-material>${fig('S1')}</supplementary-material></body>`,
        `<back><app>${fig('A1')}</app></back><floats-group>${fig('5')}</floats-group>
         <sub-article article-type="translation"><body>${fig('x')}</body></sub-article><response><body>${fig('y')}</body></response>`,
      ),
    );
    expect(figures.map(({ figure_id }) => figure_id)).toEqual(['ga', '1', '2', '3', '4', 'S1', 'A1', '5']);
  });

  test('of a group may leave label and caption to it', async () => {
    const { figures } = await read(`<fig-group id="g"><label>Figure 2</label><caption><p>Both knees.</p></caption>
      <fig id="a"><graphic xlink:href="l.jpg"/></fig><fig id="b"><caption><p>The right one.</p></caption><graphic xlink:href="r.jpg"/></fig></fig-group>`);
    expect(figures.map(({ label, caption, file }) => [label, caption, file])).toEqual([
      ['Figure 2', 'Both knees.', 'l.jpg'],
      ['Figure 2', 'The right one.', 'r.jpg'],
    ]);
  });

  test('name every file, one that can be shown first', async () => {
    const { figures } =
      await read(`<fig id="a"><alternatives><graphic xlink:href="g1.tif"/><graphic xlink:href="g1.jpg"/></alternatives></fig>
      <fig id="b"><graphic xlink:href="info:doi/10.5555/made.g002"/></fig><fig id="c"><media xlink:href="walk.mp4"/></fig><fig id="d"/>`);
    expect(figures.map(({ file, files }) => [file, files])).toEqual([
      ['g1.jpg', ['g1.jpg', 'g1.tif']],
      ['made.g002', undefined],
      ['walk.mp4', undefined],
      [null, undefined],
    ]);
  });

  test('have the caption of the article’s language, and ids of their own', async () => {
    const { figures } = await readOne(
      reader,
      `<article xml:lang="es"><body><fig><label>Fig 1</label><caption xml:lang="en"><p>Hand.</p></caption><caption xml:lang="es"><p>Mano.</p></caption></fig>
       <fig id="f"/><fig id="f"/></body></article>`,
    );
    expect(figures[0].caption).toBe('Mano.');
    expect(figures.map(({ figure_id }) => figure_id)).toEqual(['figure-1', 'f', 'f-2']);
  });

  test.each([
    ['Figure 3. Foot.', 'Figure 3'],
    ['FIG. S2 – Foot.', 'FIG. S2'],
    ['Figura 4: Pie.', 'Figura 4'],
    ['Foot, figure 3.', null],
    ['Table 1. Values.', null],
  ])('without a label take the one printed in the caption: %s', async (caption, label) => {
    const { figures } = await read(`<fig id="f"><caption><p>${caption}</p></caption></fig>`);
    expect([figures[0].label, figures[0].caption]).toEqual([label, caption]);
  });
});

describe('tables', () => {
  test('are rows of cells; spanning cells stand in each', async () => {
    const { tables } =
      await read(`<table-wrap id="T1"><label>Table 1</label><caption><title>Patients.</title></caption><table>
      <thead><tr><th rowspan="2">No.</th><th colspan="2">Sign</th></tr><tr><th>Fever</th><th>Rash</th></tr></thead>
      <tbody><tr><td>1</td><td>yes</td><td>no<break/>later <italic>yes</italic></td></tr></tbody></table></table-wrap>`);
    expect(tables).toEqual([
      {
        table_id: 'T1',
        label: 'Table 1',
        caption: 'Patients.',
        rows: [
          ['No.', 'Sign', 'Sign'],
          ['No.', 'Fever', 'Rash'],
          ['1', 'yes', 'no later yes'],
        ],
      },
    ]);
  });

  test('of the OASIS model are read too, pictures of tables have no rows', async () => {
    const { tables } = await read(`<table-wrap id="a"><oasis:table xmlns:oasis="o"><oasis:tgroup><oasis:tbody>
      <oasis:row><oasis:entry morerows="1">A</oasis:entry><oasis:entry>1</oasis:entry></oasis:row><oasis:row><oasis:entry>2</oasis:entry></oasis:row>
      </oasis:tbody></oasis:tgroup></oasis:table></table-wrap><table-wrap id="b"><graphic xlink:href="t.jpg"/></table-wrap>`);
    expect(tables.map(({ rows }) => rows)).toEqual([
      [
        ['A', '1'],
        ['A', '2'],
      ],
      [],
    ]);
  });

  test('that claim to span everything stay small', async () => {
    const { tables } = await read(
      '<table-wrap><table><tr><td colspan="999999999" rowspan="x">a</td></tr></table></table-wrap>',
    );
    expect(tables[0].rows[0].length).toBe(1000);
  });
});
