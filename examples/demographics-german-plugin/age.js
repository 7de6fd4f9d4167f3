/** @typedef {import('legenda/plugin').PluginHit} Hit */
/** An age, the hits that make it up, and how well it fits: the best is the patient's. @typedef {{ age: import('legenda/plugin').Age, first: number, last: number, score: number }} Found */

const DAYS = { year: 365.25, month: 365.25 / 12, week: 7, day: 1 };
/** How far from an age the word may stand that says whose it is, in hits. */
const NEAR = 3;

/** @param {Hit | undefined} hit */
export const kindOf = (hit) => /** @type {string | undefined} */ (hit?.entry.attributes.kind);

/**
 * Every age of a text, the likeliest first: an adjective (`45-jährige`) before a number with a unit, early before late.
 * @param {import('legenda/plugin').Doc} doc
 * @param {readonly Hit[]} hits
 * @returns {Found[]}
 */
export function readAges(doc, hits) {
  /** @type {Found[]} */
  const found = [];
  hits.forEach((hit, i) => {
    const kind = kindOf(hit);
    if (kind === 'age') found.push(found1(doc, hits, i, Number(hit.entry.attributes.number), hit.start));
    if (kind !== 'unit_old' && kind !== 'unit') return;
    const number = numberBefore(doc, hits, i);
    if (number === null) return;
    if (kind === 'unit' && kindOf(hits[number.first - 1]) !== 'aged') return;
    found.push(found1(doc, hits, i, number.value, number.start));
  });
  return found.filter(({ age }) => age.value >= 0).sort((a, b) => b.score - a.score);
}

/**
 * The number right before a hit: digits, or a hit of kind `number`. `first` is the index of the hit that it begins with.
 * @param {import('legenda/plugin').Doc} doc
 * @param {readonly Hit[]} hits
 * @param {number} i
 */
function numberBefore(doc, hits, i) {
  const before = hits[i - 1];
  const token = doc.tokenAt(hits[i].start) - 1;
  if (token < 0) return null;
  if (kindOf(before) === 'number' && before.end === doc.end[token]) {
    return { value: Number(before.entry.attributes.number), start: before.start, first: i - 1 };
  }
  const text = doc.tokenText(token);
  // A comma is the decimal point: `2,5 Jahre`.
  return /^\d{1,3}$/u.test(text) ? { value: Number(text), start: doc.start[token], first: i } : null;
}

/**
 * @param {import('legenda/plugin').Doc} doc
 * @param {readonly Hit[]} hits
 * @param {number} i
 * @param {number} value
 * @param {number} start
 * @returns {Found}
 */
function found1(doc, hits, i, value, start) {
  const hit = hits[i];
  const unit = /** @type {import('legenda/plugin').AgeUnit} */ (hit.entry.attributes.unit);
  const years = unit === 'year' ? value : (value * DAYS[unit]) / DAYS.year;
  const rounded = years >= 2 ? Math.floor(years + 1e-9) : Math.round(years * 1e4) / 1e4;
  const whose = hits.slice(i + 1, i + 1 + NEAR).find((one) => kindOf(one) === 'person' || kindOf(one) === 'relative');
  const sentence = doc.sentences.findIndex((one) => one.start <= start && start < one.end);
  let score = kindOf(hit) === 'unit' ? 20 : 30;
  if (kindOf(whose) === 'person') score += 5;
  if (kindOf(whose) === 'relative') score -= 25;
  score -= 4 * Math.min(Math.max(sentence, 0), 5);
  const confidence = Math.max(0.3, Math.min(0.95, 0.6 + score / 100));
  return { age: { value, unit, years: rounded, start, end: hit.end, confidence }, first: i, last: i, score };
}
