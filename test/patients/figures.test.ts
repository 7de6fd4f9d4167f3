import { beforeAll, describe, expect, it } from 'vitest';
import { defaultConfig } from '../../core/config.js';
import { buildEngine } from '../../core/container.js';
import type { Article } from '../../core/article/index.js';
import type { PatientSegmenter } from '../../core/plugin/index.js';
import { makeArticle } from './makeArticle.js';

let segmenter: PatientSegmenter;
beforeAll(async () => {
  segmenter = (await buildEngine(defaultConfig(process.cwd()), ['patient-segmenter'])).processor('patient-segmenter');
});

const figure = (n: number, label: string | null = `Figure ${n}`): Article['figures'][number] => ({
  figure_id: `f${n}`,
  label,
  caption: 'A picture.',
  markup: [],
  file: null,
});
const FIGURES = [1, 2, 3, 4, 5].map((n) => figure(n));

function figuresIn(text: string, figures: Article['figures'] = FIGURES): Record<string, readonly string[]> {
  const article = makeArticle([['Case report', `A 45-year-old man came. ${text}`]], { figures });
  const [only] = segmenter.segment(article).cases;
  return Object.fromEntries(only.figures.map(({ figure_id, mentions }) => [figure_id, mentions]));
}

describe('figures of a case', () => {
  it.each([
    ['The mass was large (Fig. 1).', { f1: ['Fig. 1'] }],
    ['See Figs. 1 and 2.', { f1: ['Figs. 1'], f2: ['2'] }],
    ['Two views are given (Fig. 2A, B and 3C).', { f2: ['Fig. 2A, B'], f3: ['3C'] }],
    ['It is shown in Figure 1a-c.', { f1: ['Figure 1a-c'] }],
    ['They are shown in Figures 1–3.', { f1: ['Figures 1–3'], f2: ['Figures 1–3'], f3: ['Figures 1–3'] }],
    ['They are shown in figures 2 to 4.', { f2: ['figures 2 to 4'], f3: ['figures 2 to 4'], f4: ['figures 2 to 4'] }],
    ['First Fig. 1 and then Fig. 3.', { f1: ['Fig. 1'], f3: ['Fig. 3'] }],
    ['Figure 2 shows a 5 cm mass.', { f2: ['Figure 2'] }],
    ['Compare figure 3 and table 2.', { f3: ['figure 3'] }],
    ['It was seen at once (Image 1).', { f1: ['Image 1'] }],
    ['It was seen at once (Plate 2).', { f2: ['Plate 2'] }],
    ['It was seen at once (Fig. III).', { f3: ['Fig. III'] }],
    ['It was seen at once (Fig 1 A, C).', { f1: ['Fig 1 A, C'] }],
    ['In Figure 1 a mass is seen, and in Figure 2, 3 nodules.', { f1: ['Figure 1'], f2: ['Figure 2'] }],
    ['Nothing was drawn in 2 days.', {}],
  ] as readonly [string, Record<string, readonly string[]>][])('%s', (text, expected) => {
    expect(figuresIn(text)).toEqual(expected);
  });

  it('goes by the label, not by the place: a picture without a number shifts nothing', () => {
    const figures = [figure(9, 'Graphical abstract'), figure(1), figure(2)];
    expect(figuresIn('The mass was large (Fig. 1).', figures)).toEqual({ f1: ['Fig. 1'] });
  });

  it('goes by the place where no figure has a label', () => {
    expect(figuresIn('The mass was large (Fig. 2).', [figure(7, null), figure(8, null)])).toEqual({ f8: ['Fig. 2'] });
  });

  it('gives a figure to both patients who refer to it, with their own sentences', () => {
    const article = makeArticle(
      [
        ['Case 1', 'A 45-year-old man came. His CT was clear (Fig. 1).'],
        ['Case 2', 'A 62-year-old woman came. Her CT was not (Fig. 1; Fig. 2).'],
      ],
      { figures: FIGURES },
    );
    const [one, two] = segmenter.segment(article).cases;
    expect(one.figures.map(({ figure_id }) => figure_id)).toEqual(['f1']);
    expect(two.figures.map(({ figure_id }) => figure_id)).toEqual(['f1', 'f2']);
    expect(one.figures[0].text_references).toEqual(['His CT was clear (Fig. 1).']);
    expect(two.figures[0].text_references).toEqual(['Her CT was not (Fig. 1; Fig. 2).']);
  });

  it("follows the publisher's own links where the text gives no number", () => {
    const base = makeArticle([['Case report', 'A 45-year-old man came. The scan is below.']], { figures: FIGURES });
    const [section] = base.sections;
    const text = section.paragraphs[0].text;
    const start = text.indexOf('below');
    const references = [{ kind: 'figure' as const, target: 'f4', start, end: start + 5 }];
    const article = { ...base, sections: [{ ...section, paragraphs: [{ text, references }] }] };
    expect(segmenter.segment(article).cases[0].figures.map(({ figure_id }) => figure_id)).toEqual(['f4']);
  });
});
