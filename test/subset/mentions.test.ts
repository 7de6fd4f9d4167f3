import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replaceMentions, type TokenImage } from '../../core/dataset/subset/mentions.js';

const img = (figure: string, component = 'undivided'): TokenImage => ({
  image_id: `${figure}_${component}`,
  figure_id: figure,
  image_component: component,
  file: `images/x/${figure}_${component}.webp`,
});
const fig = (figure_id: string, ...mentions: string[]) => ({ figure_id, mentions, text_references: [] });
const tokens = (text: string, figures: ReturnType<typeof fig>[], images: TokenImage[]): string =>
  replaceMentions(text, figures, images, '<{image_id}>').text;

describe('mentions of figures', () => {
  it.each([
    [
      'See Fig. 1 and Fig. 10.',
      [fig('f1', 'Fig. 1'), fig('f10', 'Fig. 10')],
      [img('f1'), img('f10')],
      'See <f1_undivided> and <f10_undivided>.',
    ],
    ['See Fig. 10.', [fig('f1', 'Fig. 1')], [img('f1')], 'See Fig. 10.'],
    [
      'See Fig. 1A and Fig. 1.',
      [fig('f1', 'Fig. 1A', 'Fig. 1')],
      [img('f1', 'a'), img('f1', 'b')],
      'See <f1_a> and <f1_a> <f1_b>.',
    ],
    [
      '(Figure 2a-c)',
      [fig('f2', 'Figure 2a-c')],
      ['a', 'b', 'c', 'd'].map((c) => img('f2', c)),
      '(<f2_a> <f2_b> <f2_c>)',
    ],
    ['(Fig. 3B, D)', [fig('f3', 'Fig. 3B, D')], ['a', 'b', 'c', 'd'].map((c) => img('f3', c)), '(<f3_b> <f3_d>)'],
    ['(Figure 3(A) and (B))', [fig('f3', 'Figure 3(A)')], ['a', 'b'].map((c) => img('f3', c)), '(<f3_a> and (B))'],
    ['(Fig. 1A)', [fig('f1', 'Fig. 1A')], [img('f1')], '(<f1_undivided>)'],
    ['(Fig. 1C) and Fig. 2', [fig('f1', 'Fig. 1C'), fig('f2', 'Fig. 2')], [img('f1', 'a')], '(Fig. 1C) and Fig. 2'],
    ['Fig. 1-3 show it; Fig. 1.5 does not', [fig('f1', 'Fig. 1')], [img('f1')], 'Fig. 1-3 show it; Fig. 1.5 does not'],
    ['It is in Fig. 1. He left.', [fig('f1', 'Fig. 1')], [img('f1')], 'It is in <f1_undivided>. He left.'],
    [
      'Figures 1 and 2',
      [fig('f1', 'Figures 1'), fig('f2', '2')],
      [img('f1'), img('f2')],
      '<f1_undivided> and <f2_undivided>',
    ],
    [
      '(Figs. 1–3)',
      [fig('f1', 'Figs. 1–3'), fig('f2', 'Figs. 1–3'), fig('f3', 'Figs. 1–3')],
      [img('f1', 'a'), img('f1', 'b'), img('f3')],
      '(<f1_a> <f1_b> <f3_undivided>)',
    ],
    [
      'He took 2 tablets at 2 pm (Figures 1 and 2), Figures 1 2, then 2 more, 2, and 2.',
      [fig('f1', 'Figures 1'), fig('f2', '2')],
      [img('f1'), img('f2')],
      'He took 2 tablets at 2 pm (<f1_undivided> and <f2_undivided>), <f1_undivided> 2, then 2 more, 2, and 2.',
    ],
    [
      'Figs. 1A, 2, 3B and IV. 3B cells, IV fluids',
      [fig('f1', 'Figs. 1A'), fig('f2', '2'), fig('f3', '3B'), fig('f4', 'IV')],
      [img('f1', 'a'), img('f2'), img('f3', 'b'), img('f4')],
      '<f1_a>, <f2_undivided>, <f3_b> and <f4_undivided>. 3B cells, IV fluids',
    ],
  ])('%s', (text, figures, images, expected) => {
    expect(tokens(text, figures, images)).toBe(expected);
  });

  it('come in the order of the text, one for each token', () => {
    const { text, images } = replaceMentions(
      'Fig. 2, then Fig. 1, then Fig. 2',
      [fig('f1', 'Fig. 1'), fig('f2', 'Fig. 2')],
      [img('f1'), img('f2')],
      '<image>',
    );
    expect(text).toBe('<image>, then <image>, then <image>');
    expect(images.map((one) => one.figure_id)).toEqual(['f2', 'f1', 'f2']);
  });

  it('use the name of the file unless told otherwise', () => {
    expect(replaceMentions('Fig. 1', [fig('f1', 'Fig. 1')], [img('f1', 'a')]).text).toBe('<f1_a.webp>');
  });

  it('are replaced number by number, whatever numbers there are', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(7)),
        (numbers, order) => {
          const named = order.map((i) => numbers[i % numbers.length]);
          const text = named.map((n) => `text (Fig. ${n})`).join(' ');
          // Half of the figures are in the subset.
          const kept = numbers.filter((_, i) => i % 2 === 0);
          const figures = numbers.map((n) => fig(`n${n}`, `Fig. ${n}`));
          const expected = named
            .map((n) => (kept.includes(n) ? `text (<n${n}_undivided>)` : `text (Fig. ${n})`))
            .join(' ');
          expect(
            tokens(
              text,
              figures,
              kept.map((n) => img(`n${n}`)),
            ),
          ).toBe(expected);
        },
      ),
    );
  });
});
