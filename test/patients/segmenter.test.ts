import { beforeAll, describe, expect, it } from 'vitest';
import { defaultConfig } from '../../core/config.js';
import { buildEngine } from '../../core/container.js';
import type { Article } from '../../core/article/index.js';
import type { PatientSegmenter } from '../../core/plugin/index.js';
import { makeArticle, type Written } from './makeArticle.js';

let segmenter: PatientSegmenter;
beforeAll(async () => {
  segmenter = (await buildEngine(defaultConfig(process.cwd()), ['patient-segmenter'])).processor('patient-segmenter');
});

const MAN = 'A 45-year-old man presented with chest pain. He had smoked for years. The ECG was normal.';
const WOMAN =
  'A 62-year-old woman was referred for a lump in the neck. She was otherwise well. Ultrasound showed a nodule.';
const BOY = 'A 5-year-old boy was brought in with fever. He recovered in a week.';
const TALK = 'This disorder is seldom seen. Treatment is by surgery.';
const DISCUSSION: Written = ['Discussion', TALK];

interface Row {
  readonly name: string;
  readonly sections: readonly Written[];
  /** How each case begins. */
  readonly starts: readonly string[];
  readonly more?: Partial<Article>;
}

const rows: readonly Row[] = [
  {
    name: 'one case',
    sections: [['Introduction', TALK], ['Case Report', MAN, 'He was discharged.'], DISCUSSION],
    starts: ['A 45-year-old man'],
  },
  {
    name: 'headings Case 1 and Case 2',
    sections: [['Case 1', MAN], ['Case 2', WOMAN], DISCUSSION],
    starts: ['A 45-year-old', 'A 62-year-old'],
  },
  {
    name: 'numbered headings inside, with sections of their own',
    sections: [
      [
        '2. Case presentation',
        'We treated two people.',
        ['2.1. Case 1', MAN, ['Treatment', 'Aspirin was given.']],
        ['2.2. Case 2', WOMAN],
      ],
      DISCUSSION,
    ],
    starts: ['A 45-year-old', 'A 62-year-old'],
  },
  {
    name: 'patients by letters in the results',
    sections: [['Results', ['Patient A', MAN], ['Patient B', WOMAN]], DISCUSSION],
    starts: ['A 45-year-old', 'A 62-year-old'],
  },
  {
    name: 'ordinals',
    sections: [['Case reports', ['First case', MAN], ['Second case', WOMAN], ['Third case', BOY]]],
    starts: ['A 45', 'A 62', 'A 5'],
  },
  {
    name: 'roman numbers',
    sections: [
      ['Case Report I', MAN],
      ['Case Report II', WOMAN],
    ],
    starts: ['A 45', 'A 62'],
  },
  {
    name: 'a heading with more words',
    sections: [
      ['Case 1: the smoker', MAN],
      ['Case 2: the runner', WOMAN],
    ],
    starts: ['A 45', 'A 62'],
  },
  {
    name: 'numbers in the running text',
    sections: [['Cases', `Case 1. ${MAN} Case 2. ${WOMAN}`]],
    starts: ['Case 1. A 45', 'Case 2. A 62'],
  },
  {
    name: 'patients as subjects of their paragraphs',
    sections: [
      [
        'Case series',
        'We saw three patients.',
        'Patient 1 was a 45-year-old man with gout. His knee was red.',
        'Patient 2 was a 62-year-old woman. Patient 1 had been milder.',
        'Patient 3, a 5-year-old boy, had fever.',
      ],
    ],
    starts: ['Patient 1 was', 'Patient 2 was', 'Patient 3, a'],
  },
  {
    name: 'our first and second patient',
    sections: [
      [
        'Case report',
        'Our first patient is a 45-year-old man with gout.',
        'Our second patient is a 62-year-old woman with gout.',
      ],
    ],
    starts: ['Our first', 'Our second'],
  },
  {
    name: 'new subjects without numbers',
    sections: [['Case report', MAN, 'He was discharged.', WOMAN], DISCUSSION],
    starts: ['A 45', 'A 62'],
  },
  { name: 'two patients in one paragraph', sections: [['Case report', `${MAN} ${WOMAN}`]], starts: ['A 45', 'A 62'] },
  {
    name: 'a second patient written y/o',
    sections: [['Case report', MAN, 'A 60 y/o woman presented with cough. She improved.']],
    starts: ['A 45', 'A 60 y/o'],
  },
  {
    name: 'an infant of weeks before a child',
    sections: [['Case report', 'A 3-week-old girl was admitted with vomiting.', BOY]],
    starts: ['A 3-week', 'A 5-year'],
  },
  {
    name: 'a sibling who falls ill',
    sections: [
      [
        'Case report',
        `${BOY} An hour later, the boy's 8-year-old sister, who had eaten the same, was brought to the hospital. She was drowsy.`,
      ],
    ],
    starts: ['A 5', 'An hour later'],
  },
  {
    name: 'headings that name the patients',
    sections: [
      [
        'Cases',
        ['A 45-year-old man with gout', 'He had a red knee.'],
        ['A 62-year-old woman with gout', 'Her toe was red.'],
      ],
    ],
    starts: ['He had', 'Her toe'],
  },
  {
    name: 'case sections without numbers',
    sections: [['Case presentation', MAN], ['Case presentation', WOMAN], DISCUSSION],
    starts: ['A 45', 'A 62'],
  },
  {
    name: 'the same number again in a later section',
    sections: [
      [
        'Case reports',
        ['History', ['Patient 1', MAN], ['Patient 2', WOMAN]],
        ['Treatment', ['Patient 1', 'Aspirin was given.'], ['Patient 2', 'Surgery was done.']],
      ],
    ],
    starts: ['A 45', 'A 62'],
  },
  {
    name: 'number words',
    sections: [
      ['Case one', 'A forty-five-year-old man came with gout.'],
      ['Case two', 'A sixty-two-year-old woman came with gout.'],
    ],
    starts: ['A forty', 'A sixty'],
  },
  {
    name: 'a man aged and a woman aged',
    sections: [
      [
        'Case report',
        'A man aged 45 presented with gout. He was well.',
        'A woman aged 62 presented with gout. She was well.',
      ],
    ],
    starts: ['A man', 'A woman'],
  },

  // One patient only.
  {
    name: 'relatives, living and dead',
    sections: [
      [
        'Case report',
        `${MAN} His father had died at 60 years old. His 40-year-old sister had asthma. His mother, a 70-year-old woman, was healthy.`,
      ],
    ],
    starts: ['A 45'],
  },
  {
    name: 'a donor',
    sections: [
      [
        'Case report',
        `${MAN} He received a kidney from a 30-year-old donor. The donor was a 30-year-old man who had died of a stroke.`,
      ],
    ],
    starts: ['A 45'],
  },
  {
    name: 'things that have an age',
    sections: [['Case report', MAN, 'A 2-year-old scar was seen on the leg. A 10-year-old prosthesis was loose.']],
    starts: ['A 45'],
  },
  {
    name: 'no age anywhere',
    sections: [
      ['Case report', 'The patient presented with cough.', 'The patient had a CT scan.', 'The patient recovered.'],
    ],
    starts: ['The patient presented'],
  },
  {
    name: 'the past of the patient',
    sections: [
      [
        'Case report',
        WOMAN,
        'At 12 years old she had broken an arm. At the age of 30 years she had a child.',
        'The 62-year-old patient was operated on.',
      ],
    ],
    starts: ['A 62'],
  },
  {
    name: 'a patient of the literature',
    sections: [
      ['Case report', MAN],
      ['Discussion', 'Miller et al. reported a 30-year-old woman with gout.', 'A 50-year-old man was seen elsewhere.'],
    ],
    starts: ['A 45'],
  },
  {
    name: 'cases taken up in the discussion',
    sections: [
      ['Case reports', ['Case 1', MAN], ['Case 2', WOMAN]],
      ['Discussion', ['Case 1', 'He did well.'], ['Case 2', 'She did well.']],
    ],
    starts: ['A 45', 'A 62'],
  },
  {
    name: 'consent comes first',
    sections: [['Case report', 'Written informed consent was obtained from the patient.', MAN]],
    starts: ['A 45'],
  },
  {
    name: 'sections of their own after the case',
    sections: [
      ['Background', TALK],
      ['Case presentation', MAN],
      ['Investigations', 'Troponin was high.'],
      ['Treatment', 'A stent was placed.'],
      ['Outcome and follow-up', 'He is well.'],
      DISCUSSION,
    ],
    starts: ['A 45'],
  },
  {
    name: 'the case in the introduction',
    sections: [['Introduction', `${TALK} ${MAN}`], DISCUSSION],
    starts: ['A 45'],
  },
  {
    name: 'a letter without headings',
    sections: [[null, 'To the Editor, we read with interest of gout.', MAN, TALK]],
    starts: ['A 45'],
    more: { article_type: 'letter' },
  },
  {
    name: 'a mother and her newborn',
    sections: [
      [
        'Case report',
        'A 30-year-old woman was admitted at 32 weeks of gestation. She delivered a boy of 1800 g. The newborn was well.',
      ],
    ],
    starts: ['A 30'],
  },
  {
    name: 'a duration before the age',
    sections: [
      ['Case report', 'With a 2-month history of cough, a 34-year-old woman was seen. A 3-year survival is usual.'],
    ],
    starts: ['With a 2-month'],
  },
  {
    name: 'a patient number that is an age',
    sections: [['Case report', 'Patient 37 years, admitted with pain. The belly was tender.']],
    starts: ['Patient 37'],
  },

  // Other languages.
  {
    name: 'Spanish',
    sections: [
      [
        'Casos clínicos',
        ['Caso 1', 'Varón de 45 años que acude por dolor.'],
        ['Caso 2', 'Mujer de 62 años que consulta por tos.'],
      ],
      ['Discusión', 'Se trata de una enfermedad rara.'],
    ],
    starts: ['Varón', 'Mujer'],
  },
  {
    name: 'Spanish without numbers',
    sections: [
      ['Caso clínico', 'Mujer de 62 años que consulta por tos. Su madre, de 80 años, está sana.'],
      ['Discusión', 'Es una enfermedad rara.'],
    ],
    starts: ['Mujer'],
  },
  {
    name: 'French',
    sections: [
      ['Observation n° 1', "Il s'agit d'un homme de 45 ans, admis pour toux."],
      ['Observation n° 2', "Il s'agit d'une femme de 62 ans, admise pour toux."],
    ],
    starts: ["Il s'agit d'un homme", "Il s'agit d'une femme"],
  },
  {
    name: 'Portuguese',
    sections: [
      [
        'Relato de caso',
        'Paciente do sexo feminino, 62 anos, procurou o serviço com dor. O pai, de 80 anos, é saudável.',
      ],
      ['Discussão', 'A doença é rara.'],
    ],
    starts: ['Paciente do sexo'],
  },
];

describe('patients by structure and discourse', () => {
  it.each(rows)('$name', ({ sections, starts, more }) => {
    const { cases, skipped_reason } = segmenter.segment(makeArticle(sections, more));
    expect(cases.map(({ text }, i) => text.slice(0, starts[i]?.length ?? 30))).toEqual(starts);
    expect(skipped_reason).toBeNull();
  });

  it('names the cases by the article and their place', () => {
    const { cases } = segmenter.segment(
      makeArticle([
        ['Case 1', MAN],
        ['Case 2', WOMAN],
      ]),
    );
    expect(cases.map(({ case_id }) => case_id)).toEqual(['PMC1_01', 'PMC1_02']);
  });

  it('appends what is said of a numbered patient later', () => {
    const row = rows.find(({ name }) => name.startsWith('the same number again'))!;
    const [first, second] = segmenter.segment(makeArticle(row.sections)).cases;
    expect(first.text).toContain('Aspirin was given.');
    expect(second.text).toContain('Surgery was done.');
  });

  it.each(rows)('loses no sentence: $name', ({ sections, more }) => {
    const { cases, shared_text } = segmenter.segment(makeArticle(sections, more));
    const squash = (text: string): string => text.replace(/\s+/g, '');
    const out = squash([...cases, ...shared_text].map(({ text }) => text).join(''));
    const walk = ([, ...content]: Written): string[] =>
      content.flatMap((part) => (typeof part === 'string' ? [part] : walk(part)));
    for (const paragraph of sections.flatMap(walk)) {
      for (const sentence of paragraph.split(/(?<=\.) (?=\p{Lu})/u)) expect(out).toContain(squash(sentence));
    }
  });
});

describe('articles without a case', () => {
  const METHODS: Written = [
    'Methods',
    'Patients aged 18 to 75 years were enrolled. Women aged 30–60 years were eligible.',
  ];
  it.each([
    {
      reason: 'review',
      more: { article_type: 'review-article', title: 'Gout today' },
      sections: [
        ['Introduction', TALK],
        ['Gout in the old', TALK],
      ],
    },
    {
      reason: 'trial',
      more: { article_type: 'research-article', title: 'Aspirin for gout: a randomised controlled trial' },
      sections: [METHODS, ['Results', 'The mean age was 45 years.']],
    },
    {
      reason: 'no-patient',
      more: { article_type: 'research-article', title: 'Gout and rain' },
      sections: [METHODS, ['Results', 'A 45-year-old man is at risk.']],
    },
    {
      reason: 'non-human',
      more: { title: 'Gout in a dog' },
      sections: [
        [
          'Case report',
          'A 7-year-old spayed female Labrador was presented. The dog was lame. The owner reported thirst.',
        ],
      ],
    },
    { reason: 'no-body', more: {}, sections: [] },
    {
      reason: 'no-patient',
      more: { article_type: 'letter', title: 'On gout' },
      sections: [[null, 'We read the paper on gout with interest.', TALK]],
    },
  ] as readonly { reason: string; more: Partial<Article>; sections: readonly Written[] }[])(
    'says why: $reason',
    ({ reason, more, sections }) => {
      const { cases, skipped_reason } = segmenter.segment(makeArticle(sections, more));
      expect({ cases, skipped_reason }).toEqual({ cases: [], skipped_reason: reason });
    },
  );

  it('keeps a person bitten by a dog', () => {
    const { cases } = segmenter.segment(
      makeArticle([['Case report', 'A 45-year-old man came after a dog bite. The dog was known to him.']], {
        title: 'Sepsis after a dog bite',
      }),
    );
    expect(cases).toHaveLength(1);
  });

  it('keeps a case report that calls itself a review of the literature too', () => {
    const { cases } = segmenter.segment(
      makeArticle([['Case report', MAN], DISCUSSION], { title: 'Gout: a case report and review of the literature' }),
    );
    expect(cases).toHaveLength(1);
  });
});
