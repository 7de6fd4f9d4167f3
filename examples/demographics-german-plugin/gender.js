import { kindOf } from './age.js';

/** @typedef {import('legenda/plugin').PluginHit} Hit */
/** @typedef {Pick<import('legenda/plugin').Demographics, 'gender' | 'genderEvidence' | 'genderConfidence'>} Gender */

/**
 * The gender of the patient: what is stated, the noun beside the age, the first noun, pronouns.
 * @param {readonly Hit[]} hits
 * @param {import('./age.js').Found | null} age
 * @param {boolean} pronouns
 * @returns {Gender}
 */
export function readGender(hits, age, pronouns) {
  const gendered = hits.filter(({ entry }) => entry.attributes.gender !== undefined);
  const of = (/** @type {string} */ kind, from = 0) => gendered.find((hit) => kindOf(hit) === kind && hit.start >= from);
  const stated = gendered.find(({ entry }) => entry.attributes.gender === 'Transgender');
  if (stated) return told(stated, 0.95);
  const beside = age && (of('person', age.age.end) ?? null);
  if (age && beside && beside.start - age.age.end <= 40) return told(beside, 0.95);
  const noun = of('adjective') ?? of('person');
  if (noun) return told(noun, 0.85);
  const votes = pronouns ? gendered.filter((hit) => kindOf(hit) === 'pronoun') : [];
  return votes.length > 0 ? told(votes[0], 0.6) : { gender: 'Unknown', genderEvidence: null, genderConfidence: 0 };
}

/** @param {Hit} hit @param {number} confidence @returns {Gender} */
const told = ({ entry, start, end }, confidence) => ({
  gender: /** @type {import('legenda/plugin').Gender} */ (entry.attributes.gender),
  genderEvidence: { start, end },
  genderConfidence: confidence,
});
