import { beforeAll, describe, expect, it } from 'vitest';
import { defaultConfig } from '../../core/config.js';
import { buildEngine } from '../../core/container.js';
import type { Engine } from '../../core/engine.js';
import type { Demographics } from '../../core/plugin/index.js';

let engine: Engine;
beforeAll(async () => {
  engine = await buildEngine(defaultConfig(process.cwd()), ['demographics']);
});

const read = (text: string): Demographics => engine.processor('demographics').read(engine.doc(text));

/** `45 Male`, `45[45,50] Male`, `null Unknown`: years, range, gender. */
function short(text: string): string {
  const { age, gender } = read(text);
  return `${age ? `${age.years}${age.range ? `[${age.range.join(',')}]` : ''}` : 'null'} ${gender}`;
}

describe('age and gender', () => {
  it.each([
    ['A forty-five-year-old man presented with cough.', '45 Male'],
    ['A seventy three year old woman was admitted.', '73 Female'],
    ['A one hundred and two-year-old woman fell.', '102 Female'],
    ['A 1.5-year-old girl presented with fever.', '1.5 Female'],
    ['An 18-month-old boy was brought in.', '1.5 Male'],
    ['A 45- to 50-year-old man was found in the street.', '45[45,50] Male'],
    ['A 2-month history of cough in a 34-year-old female.', '34 Female'],
    ['At 37 weeks gestation, the pregnancy was uneventful; a 24-year-old woman was seen.', '24 Female'],
    ['A 12-day-old infant of a 32-year-old mother was admitted. He was pale.', '0.0329 Male'],
    ['She had 5 years of pain, and is now 50 years old.', '50 Female'],
    ['The mother of a 3-year-old boy, aged 34, presented with headache. She was well.', '34 Female'],
    ['A 45 yo man presented.', '45 Male'],
    ['A 45 y/o woman presented.', '45 Female'],
    ['A 45 y.o. woman presented.', '45 Female'],
    ['A 45M presented with chest pain.', '45 Male'],
    ['Age: 45. Sex: female. Complaint: cough.', '45 Female'],
    ['A boy, age 12, presented with fever.', '12 Male'],
    ['A woman in her 60s presented with fatigue.', '60[60,69] Female'],
    ['A man in his mid-forties presented.', '40[40,49] Male'],
    ['A newborn girl was admitted with jaundice.', '0 Female'],
    ['A 62–year–old man presented.', '62 Male'],
    ['A 25-year-old man came. His mother was a woman of 50.', '25 Male'],
    ['A 25-year-old man received a kidney from a 40-year-old female donor.', '25 Male'],
    ['Female, 30 years, with rash.', '30 Female'],
    ['A 30-year-old patient (female) had a rash.', '30 Female'],
    ['A 3-day-old neonate was admitted. The mother had fever. She was treated.', '0.0082 Unknown'],
    ['A 30-year-old trans woman presented with chest pain.', '30 Transgender'],
    ['A 30-year-old man received a female-to-male donor transplant.', '30 Male'],
    ['A 12-year-old schoolboy fell.', '12 Male'],
    ['A 40-year-old policeman was shot.', '40 Male'],
    ['A 28-year-old G2P1 presented at term.', '28 Female'],
    ['His father died at 60 years old. The patient is a 30-year-old man.', '30 Male'],
    ['A 2-year-old scar was seen. A 45-year-old woman came.', '45 Female'],
    ['A 3-week-old male infant was seen.', '0.0575 Male'],
    ['We report two children: a 5-year-old girl.', '5 Female'],
    ['A male neonate born to a 28-year-old G2P1 woman at 38 weeks was cyanotic.', '0 Male'],
    ['A 6½-year-old girl had pain.', '6 Female'],
    ['A 2 1/2-year-old girl had pain.', '2 Female'],
    ['A two-and-a-half-year-old girl had pain.', '2 Female'],
    ['A 1 year and 6 months old boy had pain.', '1.5 Male'],
    ['A one-year-old boy had pain.', '1 Male'],
    ['A boy of 8 years presented.', '8 Male'],
    ['An octogenarian man presented.', '80[80,89] Male'],
    ['A previously healthy 17 year old presented; he had fever.', '17 Male'],
    ['A 55-year-old presented with cough. Her symptoms began a week ago.', '55 Female'],
    ['On 18F-FDG PET a 60-year-old man showed uptake.', '60 Male'],
    ['This 15-day-old baby boy was brought by his 25-year-old mother.', '0.0411 Male'],
    ['A 16-hour-old newborn male developed seizures.', '0.0018 Male'],
    ['A 70-years-old gentleman was seen.', '70 Male'],
    ['A 30-year-old mother of two presented with dyspnea.', '30 Female'],
    ['The patient, who was 44 years of age, was a farmer. He had fever.', '44 Male'],
    ['A woman (age 33 years) was admitted.', '33 Female'],
    ['A woman (33 years) was admitted.', '33 Female'],
    ['A woman, 33, was admitted.', '33 Female'],
    ['Mr. Smith, 45, came.', '45 Male'],
    ['32F with RLQ pain.', '32 Female'],
    ['M/45 with cough.', '45 Male'],
    ['This case involves a male in his eighties.', '80[80,89] Male'],
    ['A preterm infant born at 28 weeks of gestation to a 30-year-old mother. He was ventilated.', 'null Male'],
    ['At the age of 35, he was diagnosed with diabetes. He is now a 50-year-old man.', '50 Male'],
    ['At 35 years of age, she presented with seizures.', '35 Female'],
    ['A 10-month old female presented.', '0.8333 Female'],
    ['A 4-year 6-month-old boy presented.', '4 Male'],
    ['A 14-month-old infant, son of a 40-year-old man, was seen.', '1.1667 Male'],
    ["The 56-year-old's condition worsened; he died.", '56 Male'],
    ['A 65-year-old woman with a 10-year-old prosthesis came.', '65 Female'],
    ['A man aged between 40 and 45 years presented.', '40[40,45] Male'],
    ['A 45-50-year-old man.', '45[45,50] Male'],
    ['Our patient is 32-years-old and female.', '32 Female'],
    ['A 29-year-old primigravida presented at 30 weeks.', '29 Female'],
    ['A 35-year-old transgender man on testosterone presented.', '35 Transgender'],
    ['Paciente de sexo feminino, 45 anos, procurou o serviço com dor.', '45 Female'],
    ['Homem de 60 anos, com antecedentes de diabetes há 5 anos, foi internado.', '60 Male'],
    ['Lactente de 8 meses, do sexo masculino, foi trazido com febre.', '0.6667 Male'],
    ['Uma criança de 3 anos e meio com febre foi observada. Ela estava bem.', '3 Female'],
    ["Nous rapportons le cas d'un nourrisson de sexe féminin âgé de 5 mois admis pour fièvre.", '0.4167 Female'],
    ['Un nouveau-né de 3 jours, de sexe masculin, est admis.', '0.0082 Male'],
    ["Une femme d'une soixantaine d'années est admise.", '60[60,69] Female'],
    ['Niño de dos años y medio que acude por fiebre.', '2 Male'],
    ['Recién nacido de 5 días de vida, varón, ingresa por ictericia.', '0.0137 Male'],
    ['Se trata de una paciente femenina de cuarenta y cinco años de edad.', '45 Female'],
    ['Lactante de 4 meses, de sexo masculino, hijo de madre de 30 años.', '0.3333 Male'],
    ['The index case was a 50-year-old man with fever.', '50 Male'],
    ['A 67-year-old Hispanic presented with dyspnea. His wife reported confusion.', '67 Male'],
    ['A male child aged 2 years and 3 months was referred.', '2 Male'],
    ['A 5 month-old male calf-like swelling.', '0.4167 Male'],
    ['The patient is a 39-year-old gravida 4 para 3 with bleeding.', '39 Female'],
    ['A twin pregnancy in a 31-year-old woman.', '31 Female'],
    ['A 4-day-old term female neonate born to a 24-year-old primigravida was cyanosed.', '0.011 Female'],
    ['Case 3: 19/F, student.', '19 Female'],
    ['45/M with fever.', '45 Male'],
    ['The patient, a 60-yr-old male, was admitted.', '60 Male'],
    ['A patient in his 40s presented.', '40[40,49] Male'],
    ['A woman in her early 30s presented.', '30[30,39] Female'],
    ['A man in his late fifties presented.', '50[50,59] Male'],
    ['This 3 year old boy, whose 30-year-old mother had epilepsy, presented.', '3 Male'],
    ['A 38-year-old nurse presented with pain. She had been well.', '38 Female'],
    ['The donor was a 30-year-old woman. The recipient, a 55-year-old man, had cirrhosis.', '55 Male'],
    ['A kidney from a 20-year-old male donor was transplanted into a 45-year-old woman.', '45 Female'],
    ['A 45-year-old kidney transplant recipient presented. He had fever.', '45 Male'],
    ['A 23-day-old male baby.', '0.063 Male'],
    ['A baby boy, 6 weeks of age, presented.', '0.115 Male'],
    ['A 7 week old girl.', '0.1342 Female'],
    ['An infant girl, aged six weeks, was seen.', '0.115 Female'],
    ['A 2-month, 10-day-old male was seen.', '0.194 Male'],
    ['On day 3 of life, a term boy developed apnea.', '0.0082 Male'],
    ['A 32-week premature male infant was transferred at 5 days of age.', '0.0137 Male'],
    ['A 40-year-old male-to-female transsexual presented.', '40 Transgender'],
    ['A 72 year-old retired teacher presented with prostate cancer.', '72 Male'],
    ['Patient A, 34 years old, female, noticed a mass.', '34 Female'],
    ['A sixty-year-old gentleman.', '60 Male'],
    ['The patient, aged sixty-two, was a retired man.', '62 Male'],
    ['A 20-year history of hypertension in this gentleman aged 71 years.', '71 Male'],
    ['A five-and-a-half-month-old boy.', '0.4583 Male'],
    ['The child was first seen at 6 months of age. He is now 5 years old.', '5 Male'],
    ['Since the age of 6, this 17-year-old girl had seizures.', '17 Female'],
    ['Her 8-year-old son was healthy. The patient is a woman of 38 years.', '38 Female'],
    ['A 16-year-old pregnant teenager was admitted.', '16 Female'],
    ['A 60-pack-year smoker, a 70-year-old man, was admitted.', '70 Male'],
    ['He was a 3rd-born child. A 9-y-old boy.', '9 Male'],
    ['Six months after surgery, a 35-year-old woman presented.', '35 Female'],
    ['Two weeks earlier, the 45-year-old had a fall. She fractured her hip.', '45 Female'],
    ['A 64-year-old right-handed man.', '64 Male'],
    ['A 28-year-old gravida 2, para 1 with previous cesarean section.', '28 Female'],
    ['The patient was an 11-month-old, 9 kg girl.', '0.9167 Female'],
    ['A 1 month old girl.', '0.0833 Female'],
    ["Nous rapportons l'observation de Mr B., 54 ans, tabagique.", '54 Male'],
    ['Une enfant de 4 ans a été admise.', '4 Female'],
    ['Patient de 45 ans, sans antécédents.', '45 Male'],
    ['Monsieur X, âgé de 70 ans, consulte.', '70 Male'],
    ["Un nourrisson de 2 mois et demi, de sexe masculin, né d'une mère de 30 ans.", '0.2083 Male'],
    ['Paciente masculino de 3 meses de edad, hijo de madre de 22 años.', '0.25 Male'],
    ['Paciente de 30 años, ingresada por dolor.', '30 Female'],
    ['Doente do sexo masculino, 56 anos, recorreu ao serviço de urgência.', '56 Male'],
    ['Menina de 7 anos foi trazida pela mãe, de 35 anos.', '7 Female'],
    ['Mulher, 34 anos, com dor há 3 meses.', '34 Female'],
    ['Una niña de un año y seis meses de edad.', '1.5 Female'],
    ['Se presenta el caso de una adolescente de 15 años.', '15 Female'],
    ['Un homme de quatre-vingt-deux ans.', '82 Male'],
    ['Une femme de soixante-treize ans.', '73 Female'],
  ])('%s', (text, expected) => {
    expect(short(text)).toBe(expected);
  });

  it('points at the words it read', () => {
    const text = 'In May, a forty-five-year-old woman presented with cough.';
    const { age, genderEvidence } = read(text);
    expect(text.slice(age?.start, age?.end)).toBe('forty-five-year-old');
    expect(text.slice(genderEvidence?.start, genderEvidence?.end)).toBe('woman');
  });

  it('is surer of a stated age than of a newborn without one', () => {
    const stated = read('A 3-day-old girl was admitted.').age;
    const guessed = read('A newborn girl was admitted.').age;
    expect(stated!.confidence).toBeGreaterThan(guessed!.confidence);
  });

  it('finds nothing in a text about nobody', () => {
    expect(read('Gout is a disease of the joints.')).toEqual({
      age: null,
      gender: 'Unknown',
      genderEvidence: null,
      genderConfidence: 0,
    });
    expect(read('')).toEqual({ age: null, gender: 'Unknown', genderEvidence: null, genderConfidence: 0 });
  });
});
