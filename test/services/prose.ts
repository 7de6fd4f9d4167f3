import { drawInt, drawOne } from './draw.js';
import type { WorldArticle } from './world.js';

/** What an article says: short, medical enough for a segmenter, and all made up. */
export interface Prose {
  readonly title: string;
  readonly journal: string;
  readonly author: { readonly surname: string; readonly given: string };
  readonly abstract: string;
  readonly introduction: string;
  readonly presentation: readonly string[];
  readonly discussion: string;
  readonly captions: readonly string[];
  readonly mesh: readonly { readonly ui: string; readonly name: string; readonly major: boolean }[];
}

const JOURNALS = ['Journal of Made-up Cases', 'Imaginary Clinics', 'Annals of Invented Imaging'];
const SURNAMES = ['Aldershof', 'Benítez', 'Chow', 'Dvořák', 'Eriksen', 'Farouk', 'Grünwald'];
const GIVEN = ['Ana', 'Bo', 'Carla', 'Dev', 'Elif', 'Finn'];
const SIGNS = ['headache', 'dull pain', 'weight loss', 'blurred vision', 'fatigue'];
const VIEWS = ['Axial CT', 'Coronal MRI', 'Chest radiograph', 'Ultrasound image', 'Photograph'];

export function proseOf(article: WorldArticle): Prose {
  const { index, subject, caseReport } = article;
  const one = <T>(list: readonly T[], what: string): T => drawOne(list, index, what);
  const age = 2 + drawInt(88, index, 'age');
  const sex = one(['woman', 'man'], 'sex');
  const pronoun = sex === 'woman' ? 'She' : 'He';
  const sign = one(SIGNS, 'sign');
  const weeks = 1 + drawInt(20, index, 'weeks');
  return {
    title: caseReport
      ? `An unusual ${subject} (< 4 cm) in a ${age}-year-old ${sex}: a case report & lesson`
      : `Notes on ${subject}, part ${index}`,
    journal: one(JOURNALS, 'journal'),
    author: { surname: one(SURNAMES, 'surname'), given: one(GIVEN, 'given') },
    abstract: `We describe what was learnt from one ${subject} seen over ${weeks} weeks.`,
    introduction: `Every ${subject} is told in its own way; this one, number ${index}, was told by a machine.`,
    presentation: [
      `A ${age}-year-old ${sex} came to our clinic with ${sign} of ${weeks} weeks. ${pronoun} had no fever.`,
      `Imaging showed a ${subject}${article.figures.length > 0 ? ' (Figure 1)' : ''}. ${pronoun} recovered after ${weeks + 2} weeks.`,
    ],
    discussion: `A ${subject} is worth a second look when ${sign} lasts.`,
    captions: article.figures.map(
      (_, at) =>
        `(A) ${drawOne(VIEWS, index, at, 'view')} with a ${subject}. (B) The same place ${at + 2} months later.`,
    ),
    mesh: [
      { ui: 'D006801', name: 'Humans', major: false },
      { ui: sex === 'woman' ? 'D005260' : 'D008297', name: sex === 'woman' ? 'Female' : 'Male', major: false },
      { ui: 'D000001', name: `Invented ${subject}`, major: true },
    ],
  };
}

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter]!);
