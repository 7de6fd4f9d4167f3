import type { Slot } from '../plugin/contract.js';

/** How a skeleton of a slot is tried. */
interface Trial {
  /** What its processor is called in the test. */
  readonly processor: string;
  /** A command that shows what it does; undefined where it needs a service. */
  readonly command?: string;
}

export const TRIALS: Readonly<Record<Slot, Trial>> = {
  'article-reader': {
    processor: 'reader',
    command: 'printf "Title: A case\\n\\nA man came.\\n" > case-1.txt && npx legenda run article-reader case-1.txt',
  },
  'patient-segmenter': {
    processor: 'segmenter',
    command:
      'printf "Case report\\n\\nA man came with a cough.\\n" > case-1.txt && npx legenda run patient-segmenter case-1.txt',
  },
  demographics: {
    processor: 'reader',
    command: 'echo \'{"id": "1", "text": "A 34-year-old woman with a cough."}\' | npx legenda run demographics -',
  },
  'caption-splitter': {
    processor: 'splitter',
    command:
      'echo \'{"id": "1", "caption": "CT. (A) Axial slice. (B) Coronal slice."}\' | npx legenda run caption-splitter -',
  },
  'image-splitter': { processor: 'splitter', command: 'npx legenda run image-splitter your-figure.png' },
  assertion: {
    processor: 'classifier',
    command:
      'echo \'{"id": "1", "text": "There is no effusion.", "start": 12, "end": 20}\' | npx legenda run assertion -',
  },
  source: { processor: 'source' },
};
