import type { Column, ColumnType } from './column.js';
import type { Rows, TableName } from './rows.js';

const strings: ColumnType = { list: 'string' };

const box: ColumnType = {
  struct: [
    { name: 'x', type: 'int32', about: 'Left edge, pixels of the figure as published.' },
    { name: 'y', type: 'int32', about: 'Upper edge, pixels.' },
    { name: 'width', type: 'int32', about: 'Pixels.' },
    { name: 'height', type: 'int32', about: 'Pixels.' },
  ],
};

const entities: ColumnType = {
  list: {
    struct: [
      { name: 'start', type: 'int32', about: 'First code point in the caption of the figure.' },
      { name: 'end', type: 'int32', about: 'Code point after the last.' },
      { name: 'text', type: 'string', about: 'The words, as in the caption.' },
      { name: 'entity', type: 'string', about: '`modality`, `anatomy`, `finding` …', example: 'modality' },
      { name: 'value', type: 'string', about: 'The normalised value.', example: 'ct' },
      { name: 'labels', type: strings, about: 'Classes of the taxonomy that it gives.' },
      {
        name: 'assertion',
        type: 'string',
        about: '`present`, `absent`, `possible`, `conditional`, `hypothetical`, `historical` or `someone_else`.',
      },
      { name: 'codes', type: strings, about: 'Codes of vocabularies.', example: 'mesh:D014057' },
      { name: 'confidence', type: 'double', about: '0 to 1.' },
      { name: 'sentence', type: 'int32', about: 'Number of the sentence of the caption, from 0.' },
      { name: 'pack', type: 'string', about: 'The pack that found it, with its version.', example: 'radiology@1.0.0' },
      { name: 'rule', type: 'string', about: 'The entry or rule.', example: 'modality/ct' },
      {
        name: 'at',
        type: 'string',
        about: 'File and line of that entry or rule.',
        example: 'dictionaries/radiology/modality.yaml:12',
      },
      {
        name: 'cue',
        type: 'string',
        about: 'The words that decided the assertion, if any.',
        example: 'no evidence of',
      },
    ],
  },
};

const articleId: Column = {
  name: 'article_id',
  type: 'string',
  required: true,
  about: 'The PMCID where the article states one, else its DOI, else the stem of its file.',
  example: 'PMC6744365',
};
const license: Column = {
  name: 'license',
  type: 'string',
  about: 'Licence of the article, normalised; null where it is not told.',
  example: 'CC BY-NC',
};
const language: Column = { name: 'language', type: 'string', about: 'ISO 639-1 code.', example: 'en' };

/** The columns of every table, in their order. `rows.ts` has the same as types; a test holds them together. */
export const SCHEMA: { readonly [T in TableName]: readonly (Column & { readonly name: keyof Rows[T] & string })[] } = {
  articles: [
    articleId as Column & { name: 'article_id' },
    {
      name: 'file',
      type: 'string',
      required: true,
      about: 'Path of the article file, relative to what was given to `build`.',
    },
    { name: 'file_sha256', type: 'string', required: true, about: 'SHA-256 of that file.' },
    language as Column & { name: 'language' },
    { name: 'article_type', type: 'string', about: 'As the publisher calls it.', example: 'case-report' },
    { name: 'title', type: 'string', about: 'Title of the article.' },
    { name: 'authors', type: strings, about: 'Given names and surname of each author, in their order.' },
    { name: 'journal', type: 'string', about: 'Name of the journal.' },
    { name: 'year', type: 'int32', about: 'Year of publication.', example: '2019' },
    {
      name: 'published',
      type: 'string',
      about: 'Day of the first publication as far as it is told.',
      example: '2019-09-05',
    },
    { name: 'doi', type: 'string', about: 'DOI, without a prefix.' },
    { name: 'pmid', type: 'string', about: 'PubMed id.' },
    { name: 'pmcid', type: 'string', about: 'PubMed Central id.' },
    { name: 'keywords', type: strings, about: 'Keywords of the authors.' },
    { name: 'mesh_terms', type: strings, about: 'Medical Subject Headings.' },
    { name: 'major_mesh_terms', type: strings, about: 'Those headings that are major topics.' },
    { name: 'publication_types', type: strings, about: 'As indexed.', example: 'Case Reports' },
    { name: 'subjects', type: strings, about: 'Headings under which the journal files the article.' },
    {
      name: 'specialties',
      type: strings,
      about: 'Medical specialties that headings and journal name; where these name none, the keywords and MeSH terms.',
      example: 'cardiology',
    },
    { name: 'abstract', type: 'string', about: 'The abstract as text.' },
    { name: 'link', type: 'string', about: 'Address of the article.' },
    license as Column & { name: 'license' },
    { name: 'case_amount', type: 'int32', required: true, about: 'Number of its cases in this dataset.' },
    { name: 'figure_amount', type: 'int32', required: true, about: 'Number of its figures in this dataset.' },
    { name: 'image_amount', type: 'int32', required: true, about: 'Number of its images in this dataset.' },
    {
      name: 'skipped_reason',
      type: 'string',
      about: 'Why no case was made of it: `review`, `trial`, `non-human`, `no-body`, `no-patient`.',
    },
    { name: 'warnings', type: strings, about: 'What the reader could not make sense of.' },
  ],
  cases: [
    {
      name: 'case_id',
      type: 'string',
      required: true,
      about: 'Article id and number of the patient.',
      example: 'PMC6744365_01',
    },
    articleId as Column & { name: 'article_id' },
    { name: 'case_text', type: 'string', required: true, about: 'What the article tells of this patient.' },
    {
      name: 'age',
      type: 'double',
      about: 'Age in years; whole from 2 on, a fraction below. Of a range the lower bound.',
      example: '25',
    },
    { name: 'age_value', type: 'double', about: 'The age as stated, in `age_unit`.' },
    { name: 'age_unit', type: 'string', about: '`year`, `month`, `week` or `day`.' },
    { name: 'age_from', type: 'double', about: 'Lower bound of a stated range or decade, in `age_unit`.' },
    { name: 'age_to', type: 'double', about: 'Upper bound of it.' },
    { name: 'age_text', type: 'string', about: 'The words that gave the age.' },
    { name: 'gender', type: 'string', required: true, about: '`Female`, `Male`, `Transgender` or `Unknown`.' },
    language as Column & { name: 'language' },
    license as Column & { name: 'license' },
    {
      name: 'figures',
      type: {
        list: {
          struct: [
            { name: 'figure_id', type: 'string', about: 'A row of `figures`.' },
            {
              name: 'mentions',
              type: strings,
              about: 'The words that name the figure in the text.',
              example: 'Figure 1A',
            },
            { name: 'text_references', type: strings, about: 'The sentences in which it is named.' },
          ],
        },
      },
      about: 'Figures that the text of the case refers to.',
    },
  ],
  figures: [
    {
      name: 'figure_id',
      type: 'string',
      required: true,
      about: 'Article id and the id of the figure in the article.',
      example: 'PMC6744365_fig1',
    },
    articleId as Column & { name: 'article_id' },
    { name: 'case_ids', type: strings, about: 'Cases that refer to it.' },
    { name: 'label', type: 'string', about: 'As printed.', example: 'Figure 1' },
    {
      name: 'caption',
      type: 'string',
      required: true,
      about: 'The whole caption, unchanged. All offsets point into it.',
    },
    { name: 'main_image', type: 'string', about: 'Name of the figure file; null where the article names none.' },
    { name: 'width', type: 'int32', about: 'Pixels; null where there is no picture.' },
    { name: 'height', type: 'int32', about: 'Pixels.' },
    {
      name: 'status',
      type: 'string',
      required: true,
      about:
        '`matched` (panels paired with subcaptions by letter or place), `matched-by-order`, `single`, `count-mismatch`, `low-confidence`, `undecodable`, or `missing` where no file was found.',
    },
    { name: 'reasons', type: strings, about: 'Reasons of the status, from a fixed list.' },
    {
      name: 'caption_confidence',
      type: 'string',
      required: true,
      about: 'How sure the caption was split: `high`, `medium` or `low`.',
    },
    { name: 'image_confidence', type: 'string', about: 'How sure the picture was split.' },
    {
      name: 'subcaption_amount',
      type: 'int32',
      required: true,
      about: 'Number of panels that the caption names; 1 where it is not compound.',
    },
    { name: 'panel_amount', type: 'int32', about: 'Number of panels that the picture has.' },
    { name: 'proposed_boxes', type: { list: box }, about: 'Panels that were seen but not paired.' },
    { name: 'labels', type: strings, about: 'Labels of the whole caption.' },
    { name: 'entities', type: entities, about: 'Everything named in the caption, with where it comes from.' },
    license as Column & { name: 'license' },
  ],
  images: [
    {
      name: 'image_id',
      type: 'string',
      required: true,
      about: 'Figure id and component.',
      example: 'PMC6744365_fig1_a',
    },
    {
      name: 'file',
      type: 'string',
      about: 'Path of the picture in this dataset; null where the figure has no picture.',
      example: 'images/PMC6/PMC67/PMC6744365_fig1_a_1_2.webp',
    },
    { name: 'main_image', type: 'string', about: 'Name of the figure file that it was cut from.' },
    {
      name: 'image_component',
      type: 'string',
      required: true,
      about: 'The panel, lower case: `a`, `b1`, `left` …, or `undivided` for a whole figure.',
    },
    { name: 'figure_id', type: 'string', required: true, about: 'A row of `figures`.' },
    articleId as Column & { name: 'article_id' },
    { name: 'case_id', type: 'string', about: 'The first case that refers to it; null where none does.' },
    { name: 'case_ids', type: strings, about: 'All cases that refer to it.' },
    license as Column & { name: 'license' },
    { name: 'file_size', type: 'int32', about: 'Bytes.' },
    { name: 'width', type: 'int32', about: 'Pixels.' },
    { name: 'height', type: 'int32', about: 'Pixels.' },
    { name: 'box', type: box, about: 'The panel in the figure.' },
    {
      name: 'caption',
      type: 'string',
      required: true,
      about: 'The subcaption: what the caption says of this panel, shared words included.',
    },
    {
      name: 'caption_ranges',
      type: {
        list: {
          struct: [
            { name: 'start', type: 'int32', about: 'First code point.' },
            { name: 'end', type: 'int32', about: 'Code point after the last.' },
          ],
        },
      },
      about: 'The stretches of the figure’s caption that make up the subcaption.',
    },
    {
      name: 'case_substring',
      type: strings,
      about: 'The words that name the figure in the text of the cases.',
      example: 'Figure 1A',
    },
    { name: 'status', type: 'string', required: true, about: 'As in `figures`.' },
    {
      name: 'confidence',
      type: 'string',
      required: true,
      about: '`high`, `medium` or `low`: the lower one of caption and picture.',
    },
    { name: 'labels', type: strings, about: 'Classes of the taxonomy, without their ancestors.' },
    { name: 'image_type', type: 'string', about: 'The uppermost class of the kind of image.', example: 'radiology' },
    { name: 'image_subtype', type: strings, about: 'Classes below it.', example: 'ct' },
    { name: 'radiology_region', type: strings, about: 'Regions of the body.', example: 'head' },
    { name: 'radiology_view', type: strings, about: 'Views.', example: 'axial' },
    {
      name: 'entities',
      type: entities,
      about: 'Everything named in the subcaption; offsets point into the caption of the figure.',
    },
  ],
};

/** Name of a table's file. */
export const tableFile = (table: TableName, format: 'parquet' | 'jsonl' = 'parquet'): string => `${table}.${format}`;
