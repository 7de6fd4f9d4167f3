import type { BioCPassage } from './document.js';

/** PMC's two words on a passage, in lower case: what it is (`title_1`, `fig_caption`) and in which section it stands. */
export const kindOf = (passage: BioCPassage): string => (passage.infons.type ?? '').toLowerCase();
export const sectionOf = (passage: BioCPassage): string =>
  (passage.infons.section_type ?? passage.infons.section ?? '').toLowerCase();

export const isAbstract = (passage: BioCPassage): boolean =>
  sectionOf(passage) === 'abstract' || kindOf(passage).startsWith('abstract');
export const isFigure = (passage: BioCPassage): boolean =>
  sectionOf(passage) === 'fig' || kindOf(passage).startsWith('fig');
export const isTable = (passage: BioCPassage): boolean =>
  sectionOf(passage) === 'table' || kindOf(passage).startsWith('table');
export const isFloat = (passage: BioCPassage): boolean => isFigure(passage) || isTable(passage);
