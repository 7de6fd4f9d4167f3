import { beforeAll, describe, expect, it } from 'vitest';
import { defaultConfig } from '../../core/config.js';
import { buildEngine } from '../../core/container.js';
import { specialtyReader, type SpecialtiesOf } from '../../core/pipeline/build/specialties.js';

const nothing = { subjects: [], journal: null, keywords: [], mesh_terms: [] };
type Told = Partial<Record<'subjects' | 'keywords' | 'mesh_terms', readonly string[]>> & { readonly journal?: string };

describe('the specialties of an article', () => {
  let specialtiesOf: SpecialtiesOf;
  const read = (told: Told): readonly string[] => specialtiesOf({ ...nothing, ...told });

  beforeAll(async () => {
    const engine = await buildEngine(defaultConfig(process.cwd()), ['article-reader']);
    specialtiesOf = specialtyReader(engine.context);
  });

  it.each<[string, string[]]>([
    ['Archives of Cardiology', ['cardiology']],
    ['Heart', ['cardiology']],
    ['Heart, Lung and Kidney', ['cardiology', 'nephrology', 'pulmonology']],
    ['Reports in Plastic Surgery', ['plastic_surgery']],
    ['Surgery Letters', ['general_and_visceral_surgery']],
    ['Bone Marrow Letters', ['hematology']],
    ['Paediatric Anaesthesia', ['anesthesiology', 'pediatrics']],
    ['Cuadernos de Dermatología', ['dermatology']],
    ['Annals of Clinical Case Reports', []],
    ['Hearty Meals', []],
  ])('by the name of the journal: %s', (journal, specialties) => {
    expect(read({ journal })).toEqual(specialties);
  });

  it('by the headings of the journal', () => {
    expect(read({ journal: 'Case Letters', subjects: ['Case Report', 'Oncology'] })).toEqual(['oncology']);
  });

  it('by keywords and MeSH terms only where journal and headings say nothing', () => {
    const about = { keywords: ['brain tumors'], mesh_terms: ['Kidney Diseases'] };
    expect(read({ journal: 'Case Letters', ...about })).toEqual(['nephrology', 'neurology', 'oncology']);
    expect(read({ journal: 'Neurosurgery Letters', ...about })).toEqual(['neurosurgery']);
  });

  it('are none where nothing tells', () => {
    expect(read({})).toEqual([]);
  });
});
