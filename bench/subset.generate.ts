/**
 * Makes a dataset of MultiCaRe's size with invented words: 76,000 articles, 96,000 cases with texts of 3 to 4 KB, 135,000
 * images with captions, labels and entities. `npx tsx bench/subset.generate.ts FOLDER [--share 0.1]`; the same call gives the same bytes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  SCHEMA,
  TableWriter,
  type ArticleRow,
  type CaseRow,
  type EntityCell,
  type FigureRow,
  type ImageRow,
} from '../core/dataset/index.js';

/** A small generator of numbers from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const random = randomFrom(20240607);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
const chance = (p: number): boolean => random() < p;

const SYLLABLES =
  'a ab ac ad al am an ar as at ba be ca ce co cor da de di do dys e ec el en er es fi fo ga ge gra he hy i ic il in is ka la le li lo ma me mi mo na ne ni no o on or os pa pe pho po pro ra re ri ro sa se si so sta ta te ti to tra tu u ul um un va ve vi vo xa ze'.split(
    ' ',
  );
/** Words by rank: few are used often, as in any language. */
const WORDS = Array.from({ length: 60_000 }, (_, rank) => {
  const length = rank < 200 ? 1 + (rank % 2) : 2 + Math.floor(random() * 4);
  return Array.from({ length }, () => pick(SYLLABLES)).join('');
});
const zipf = (): string =>
  WORDS[Math.min(WORDS.length - 1, Math.floor(Math.exp(random() * Math.log(WORDS.length))) - 1)];

const SPOKEN = [
  'tumor',
  'cancer',
  'carcinoma',
  'fever',
  'headache',
  'a biopsy',
  'chemotherapy',
  'Tumour',
  'the surgery',
  'pain',
  'diabetes',
  'swelling',
  'dyspnea',
  'hypertension',
];
const FINDINGS = [
  'mass',
  'metastasis',
  'tumor',
  'hemorrhage',
  'fracture',
  'effusion',
  'edema',
  'cyst',
  'infarct',
  'nodule',
  'stenosis',
  'thrombus',
  'abscess',
  'calcification',
];
const SIDES = ['left', 'right', 'bilateral'];
const KINDS: readonly { modality: string; labels: string[]; type: string; regions: readonly string[] }[] = [
  { modality: 'mri', labels: ['mri'], type: 'radiology', regions: ['head', 'neck', 'thorax', 'abdomen', 'lower_limb'] },
  { modality: 'ct', labels: ['ct'], type: 'radiology', regions: ['head', 'thorax', 'abdomen', 'pelvis'] },
  { modality: 'x_ray', labels: ['x_ray'], type: 'radiology', regions: ['thorax', 'lower_limb', 'upper_limb'] },
  { modality: 'ultrasound', labels: ['ultrasound'], type: 'radiology', regions: ['abdomen', 'pelvis', 'neck'] },
  { modality: 'h_e', labels: ['h_e'], type: 'pathology', regions: [] },
  { modality: 'ihc', labels: ['ihc'], type: 'pathology', regions: [] },
  { modality: 'photograph', labels: ['medical_photograph'], type: 'medical_photograph', regions: [] },
  { modality: 'endoscopy', labels: ['endoscopy'], type: 'endoscopy', regions: [] },
];
const ORGANS: Readonly<Record<string, readonly string[]>> = {
  head: ['brain', 'cerebellum', 'skull', 'orbit'],
  neck: ['thyroid', 'larynx'],
  thorax: ['lung', 'heart', 'aorta'],
  abdomen: ['liver', 'kidney', 'pancreas', 'spleen'],
  pelvis: ['bladder', 'uterus', 'prostate'],
  lower_limb: ['knee', 'femur', 'foot'],
  upper_limb: ['hand', 'humerus'],
};
const LICENSES = ['CC BY', 'CC BY', 'CC BY-NC', 'CC BY-NC-ND', 'CC BY-NC-SA', 'CC0', null];

function sentence(): string {
  const words = Array.from({ length: 9 + Math.floor(random() * 16) }, () =>
    chance(0.02) ? String(Math.floor(random() * 300)) : zipf(),
  );
  if (chance(0.06)) words.splice(3, 0, pick(SPOKEN));
  if (chance(0.5)) words[Math.floor(words.length / 2)] += ',';
  const text = words.join(' ');
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function caseText(age: number, gender: string, figures: readonly string[]): string {
  const target = 2600 + random() * 1800;
  const parts = [`A ${age}-year-old ${gender === 'Male' ? 'man' : 'woman'} came to us.`];
  let length = 0;
  while (length < target) {
    const next = sentence();
    parts.push(next);
    length += next.length + 1;
  }
  figures.forEach((name, i) => parts.splice(2 + i * 2, 0, `Imaging was done (${name}).`));
  return parts.join(' ');
}

/** A caption and what stands in it, as `build` would find it. */
function caption(): { text: string; kind: (typeof KINDS)[number]; region: string | null; entities: EntityCell[] } {
  const kind = pick(KINDS);
  const region = kind.regions.length > 0 ? pick(kind.regions) : null;
  const organ = region ? pick(ORGANS[region]) : 'skin';
  const side = pick(SIDES);
  const finding = pick(FINDINGS);
  const absent = chance(0.1);
  let text = '';
  const entities: EntityCell[] = [];
  const name = (words: string, entity: string, value: string, labels: string[], sentenceNumber: number): void => {
    const start = text.length;
    text += words;
    entities.push({
      start,
      end: text.length,
      text: words,
      entity,
      value,
      labels,
      assertion: absent && entity === 'finding' ? 'absent' : 'present',
      codes: entity === 'modality' ? ['mesh:D014057'] : [],
      confidence: 0.5,
      sentence: sentenceNumber,
      pack: 'radiology@1.0.0',
      rule: `${entity}/${value}`,
      at: `dictionaries/radiology/${entity}.yaml:${20 + (value.length % 30)}`,
      cue: absent && entity === 'finding' ? 'no' : null,
    });
  };
  name(kind.modality.toUpperCase(), 'modality', kind.modality, kind.labels, 0);
  text += ' of the ';
  name(side, 'laterality', side, [], 0);
  text += ' ';
  name(organ, 'anatomy', organ, region ? [region] : [], 0);
  text += absent ? ' shows no ' : ' shows a ';
  name(finding, 'finding', finding, [], 0);
  text += ` (arrow). ${sentence()}`;
  if (chance(0.5)) text += ` ${sentence()}`;
  return { text, kind, region, entities };
}

const folder = process.argv[2];
if (!folder) throw new Error('usage: npx tsx bench/subset.generate.ts FOLDER [--share 0.1]');
const shareAt = process.argv.indexOf('--share');
const articles = Math.round(76_000 * (shareAt > 0 ? Number(process.argv[shareAt + 1]) : 1));
mkdirSync(folder, { recursive: true });
const writers = {
  articles: await TableWriter.open<ArticleRow>(join(folder, 'articles.parquet'), SCHEMA.articles),
  cases: await TableWriter.open<CaseRow>(join(folder, 'cases.parquet'), SCHEMA.cases),
  figures: await TableWriter.open<FigureRow>(join(folder, 'figures.parquet'), SCHEMA.figures),
  images: await TableWriter.open<ImageRow>(join(folder, 'images.parquet'), SCHEMA.images),
};
for (let a = 0; a < articles; a++) {
  const article_id = `PMC${6_000_000 + a}`;
  const license = pick(LICENSES);
  const cases = chance(0.16) ? 2 + Math.floor(random() * 1.7) : 1;
  let figureCount = 0;
  let imageCount = 0;
  for (let c = 0; c < cases; c++) {
    const case_id = `${article_id}_0${c + 1}`;
    const age = Math.floor(random() * 90);
    const gender = chance(0.03) ? 'Unknown' : chance(0.52) ? 'Male' : 'Female';
    const figures: { figure_id: string; mention: string }[] = [];
    for (let f = chance(0.35) ? 2 : chance(0.45) ? 1 : 0; f > 0; f--) {
      figureCount++;
      const figure_id = `${article_id}_f${figureCount}`;
      const mention = `Fig. ${figureCount}`;
      figures.push({ figure_id, mention });
      const { text, kind, region, entities } = caption();
      const panels = chance(0.35) ? ['a', 'b'] : ['undivided'];
      const labels = [...kind.labels, ...(region ? [region] : [])];
      await writers.figures.write({
        figure_id,
        article_id,
        case_ids: [case_id],
        label: `Figure ${figureCount}`,
        caption: text,
        main_image: `g${figureCount}.jpg`,
        width: 900,
        height: 700,
        status: panels.length > 1 ? 'matched' : 'single',
        reasons: [],
        caption_confidence: 'high',
        image_confidence: 'high',
        subcaption_amount: panels.length,
        panel_amount: panels.length,
        proposed_boxes: [],
        labels,
        entities,
        license,
      });
      for (const [i, panel] of panels.entries()) {
        imageCount++;
        await writers.images.write({
          image_id: `${figure_id}_${panel}`,
          file: `images/PMC6/PMC60/${figure_id}_${panel}_${i + 1}_${panels.length}.webp`,
          main_image: `g${figureCount}.jpg`,
          image_component: panel,
          figure_id,
          article_id,
          case_id,
          case_ids: [case_id],
          license,
          file_size: 20_000 + Math.floor(random() * 90_000),
          width: 440,
          height: 680,
          box: { x: 10 + i * 450, y: 10, width: 440, height: 680 },
          caption: text,
          caption_ranges: [{ start: 0, end: text.length }],
          case_substring: [mention],
          status: panels.length > 1 ? 'matched' : 'single',
          confidence: chance(0.9) ? 'high' : 'medium',
          labels,
          image_type: kind.type,
          image_subtype: kind.labels,
          radiology_region: region ? [region] : [],
          radiology_view: [],
          entities,
        });
      }
    }
    await writers.cases.write({
      case_id,
      article_id,
      case_text: caseText(
        age,
        gender,
        figures.map((f) => f.mention),
      ),
      age,
      age_value: age,
      age_unit: 'year',
      age_from: null,
      age_to: null,
      age_text: `${age}-year-old`,
      gender,
      language: 'en',
      license,
      figures: figures.map(({ figure_id, mention }) => ({
        figure_id,
        mentions: [mention],
        text_references: [`Imaging was done (${mention}).`],
      })),
    });
  }
  const year = 1995 + Math.floor(random() ** 0.5 * 29);
  await writers.articles.write({
    article_id,
    file: `${article_id}.xml`,
    file_sha256: 'ab'.repeat(32),
    language: 'en',
    article_type: 'case-report',
    title: sentence(),
    authors: Array.from({ length: 4 }, () => `${zipf()} ${zipf()}`),
    journal: `Journal of ${pick(WORDS.slice(0, 900))}`,
    year,
    published: `${year}-05-01`,
    doi: `10.5555/${a}`,
    pmid: String(30_000_000 + a),
    pmcid: article_id,
    keywords: [zipf(), zipf(), pick(SPOKEN)],
    mesh_terms: ['Humans', zipf()],
    major_mesh_terms: [],
    publication_types: ['Case Reports'],
    subjects: ['Case Report'],
    specialties: [],
    abstract: Array.from({ length: 8 }, sentence).join(' '),
    link: `https://example.org/${article_id}`,
    license,
    case_amount: cases,
    figure_amount: figureCount,
    image_amount: imageCount,
    skipped_reason: null,
    warnings: [],
  });
}
const counts = Object.fromEntries(Object.entries(writers).map(([name, writer]) => [name, writer.count]));
for (const writer of Object.values(writers)) await writer.close();
const parents: Readonly<Record<string, readonly string[]>> = {
  mri: ['radiology'],
  ct: ['radiology'],
  x_ray: ['radiology'],
  ultrasound: ['radiology'],
  h_e: ['pathology'],
  ihc: ['pathology'],
  ...Object.fromEntries(Object.keys(ORGANS).map((region) => [region, ['radiology']])),
};
const classes = Object.fromEntries(
  [...new Set([...Object.keys(parents), ...Object.values(parents).flat(), 'medical_photograph', 'endoscopy'])].map(
    (id) => [id, { name: id, parents: parents[id] ?? [] }],
  ),
);
writeFileSync(join(folder, 'taxonomy.json'), JSON.stringify({ classes }, null, 2));
writeFileSync(
  join(folder, 'manifest.json'),
  JSON.stringify({ format: 1, legenda: '0.1.0', packs: [], plugins: [], tables: {}, licenses: {}, images: 0 }, null, 2),
);
console.log(JSON.stringify(counts));
