import { expect, it } from 'vitest';
import { caseRecord } from '../../core/article/caseRecord.js';
import { makeArticle } from './makeArticle.js';

it('gives offsets of the age in code points and figures by their ids', () => {
  const text = '𝛽-thalassaemia was known. A 45-year-old man came.';
  const start = text.indexOf('45');
  const record = caseRecord(
    makeArticle([]),
    {
      cases: [{ case_id: 'PMC1_01', text, figures: [{ figure_id: 'f1', text_references: [], mentions: [] }] }],
      shared_text: [{ role: 'discussion', text: 'It is rare.' }],
      skipped_reason: null,
    },
    () => ({
      age: { value: 45, unit: 'year', years: 45, start, end: start + 11, confidence: 0.9 },
      gender: 'Male',
      genderEvidence: null,
      genderConfidence: 0,
    }),
  );
  expect(record).toEqual({
    article_id: 'PMC1',
    file: 'a.xml',
    cases: [
      {
        case_id: 'PMC1_01',
        text,
        age: { value: 45, unit: 'year', years: 45, text: '45-year-old', start: start - 1, end: start + 10 },
        gender: 'Male',
        figures: ['f1'],
      },
    ],
    shared_text: [{ role: 'discussion', text: 'It is rare.' }],
    skipped_reason: null,
  });
});
