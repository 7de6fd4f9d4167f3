/** The rooms and what each may not import: the may-nots of ARCHITECTURE.md, as data. */
export interface Room {
  readonly name: string;
  /** Path prefix, relative to the root. The longest prefix that fits a file is its room. */
  readonly path: string;
  /** What files of the room may import of the project: path prefixes. Anything else is a forbidden arrow. */
  readonly may: readonly string[];
  /** Packages and Node modules that are allowed; `node:*` for all of Node's. Types only are always allowed. */
  readonly packages: readonly string[];
}

const TEXT = 'core/text/';
const CONTRACT = [
  'core/plugin/contract.ts',
  'core/plugin/definePlugin.ts',
  'core/plugin/sourceError.ts',
  'core/plugin/index.ts',
  TEXT,
  'core/article/types.ts',
];
const NODE = 'node:*';

export const ROOMS: readonly Room[] = [
  { name: 'text', path: TEXT, may: [TEXT], packages: [] },
  { name: 'match', path: 'core/match/', may: [TEXT, 'core/match/'], packages: [] },
  {
    name: 'label',
    path: 'core/label/',
    may: [TEXT, 'core/match/', 'core/label/', 'core/pack/', 'core/plugin/contract.ts'],
    packages: [],
  },
  {
    name: 'source',
    path: 'core/source/',
    may: [TEXT, 'core/source/', 'core/diagnostics/'],
    packages: ['js-yaml', NODE],
  },
  {
    name: 'diagnostics',
    path: 'core/diagnostics/',
    may: ['core/diagnostics/', 'core/source/', 'core/pack/', 'core/version.ts'],
    packages: [NODE, 'natural/lib/natural/distance/index.js'],
  },
  {
    name: 'pack',
    path: 'core/pack/',
    may: [
      TEXT,
      'core/pack/',
      'core/source/',
      'core/diagnostics/',
      'core/config.ts',
      'core/pipeline/usageError.ts',
      'core/plugin/contract.ts',
      'core/match/',
    ],
    packages: ['ajv/dist/2020.js', 'js-yaml', 'semver', 'recheck', NODE],
  },
  {
    name: 'article',
    path: 'core/article/',
    may: [TEXT, 'core/article/', 'core/plugin/contract.ts', 'core/match/'],
    packages: ['saxes', NODE],
  },
  {
    name: 'image',
    path: 'core/image/',
    may: [TEXT, 'core/image/', 'core/plugin/contract.ts'],
    packages: ['sharp', NODE],
  },
  {
    name: 'plugin',
    path: 'core/plugin/',
    may: [TEXT, 'core/plugin/', 'core/article/', 'core/match/', 'core/pack/'],
    packages: ['ajv/dist/2020.js', NODE],
  },
  {
    name: 'fetch',
    path: 'core/fetch/',
    may: [
      TEXT,
      'core/fetch/',
      'core/article/',
      'core/plugin/',
      'core/pack/model.ts',
      'core/pipeline/usageError.ts',
      'core/version.ts',
    ],
    packages: ['undici', 'yauzl', NODE],
  },
  {
    name: 'testing',
    path: 'core/testing/',
    may: [
      TEXT,
      'core/testing/',
      'core/pack/',
      'core/source/',
      'core/diagnostics/',
      'core/match/lexicon.ts',
      'core/plugin/',
      'core/config.ts',
      'core/version.ts',
      'core/image/sharp.ts',
    ],
    packages: ['ajv/dist/2020.js', 'js-yaml', NODE],
  },
  {
    name: 'audit',
    path: 'core/audit/',
    may: ['core/audit/', 'core/pack/', 'core/diagnostics/'],
    packages: [NODE],
  },
  {
    name: 'pipeline',
    path: 'core/pipeline/',
    may: [
      TEXT,
      'core/pipeline/',
      'core/engine.ts',
      'core/version.ts',
      'core/pack/',
      'core/config.ts',
      'core/plugin/',
      'core/article/',
      'core/image/',
      'core/label/',
      'core/explain/',
      'core/dataset/',
      'core/fetch/',
    ],
    packages: ['csv-parse', 'csv-stringify/sync', 'hyparquet', 'hyparquet-writer', NODE],
  },
  {
    name: 'import',
    path: 'core/import/',
    may: [TEXT, 'core/import/', 'core/match/', 'core/pack/anchors.ts'],
    packages: ['csv-parse/sync', 'js-yaml'],
  },
  {
    name: 'scaffold',
    path: 'core/scaffold/',
    may: ['core/scaffold/', 'core/pack/load.ts', 'core/source/', 'core/version.ts', 'core/pipeline/usageError.ts'],
    packages: [NODE],
  },
  {
    name: 'dataset',
    path: 'core/dataset/',
    may: [
      TEXT,
      'core/dataset/',
      'core/pack/',
      'core/source/',
      'core/diagnostics/',
      'core/version.ts',
      'core/plugin/contract.ts',
      'core/pipeline/usageError.ts',
      'core/pipeline/output.ts',
    ],
    packages: [
      'ajv/dist/2020.js',
      'csv-parse/sync',
      'csv-stringify/sync',
      'hyparquet',
      'hyparquet-writer',
      'js-yaml',
      'modern-tar',
      'yazl',
      '@observablehq/plot',
      'linkedom',
      'sharp',
      NODE,
    ],
  },
  {
    name: 'annotate',
    path: 'core/annotate/',
    may: [TEXT, 'core/annotate/', 'core/dataset/', 'core/eval/', 'core/pipeline/', 'core/plugin/contract.ts'],
    packages: [NODE],
  },
  {
    name: 'eval',
    path: 'core/eval/',
    may: ['core/eval/', 'core/plugin/contract.ts', 'core/pipeline/', 'core/engine.ts'],
    packages: [],
  },
  {
    name: 'explain',
    path: 'core/explain/',
    may: [TEXT, 'core/explain/', 'core/label/', 'core/engine.ts', 'core/pack/', 'core/match/'],
    packages: [],
  },
];

/** What a plugin may import of the project, beside its own folder. */
export const PLUGIN_MAY: readonly string[] = [...CONTRACT, 'core/article/', 'core/image/'];
