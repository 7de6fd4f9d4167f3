import type { Slot } from '../plugin/contract.js';
import { VERSION } from '../version.js';
import { namesOf } from './names.js';
import { fillTemplate, type ScaffoldFile } from './templates.js';
import { TRIALS } from './trials.js';

/** A working skeleton: its files, and what its author does next. */
export interface Scaffold {
  /** Where it goes, relative to the working folder. */
  readonly folder: string;
  readonly files: readonly ScaffoldFile[];
  /** Commands and hints, one a line. */
  readonly next: readonly string[];
}

/** A pack with a dictionary, a rule, a class, cases and the workflow of a CI. @throws UsageError on a bad name */
export function newPack(given: string): Scaffold {
  const names = namesOf(given, true);
  return {
    folder: names.name,
    files: fillTemplate('pack', { ...names, version: VERSION }),
    next: [
      `legenda validate ./${names.name}`,
      `legenda test ./${names.name} --coverage`,
      `legenda explain "Photograph with an example sign." --pack ./${names.name}`,
      `Then put your words in place of the example's, a case for each: ${names.name}/dictionaries/findings.yaml first.`,
    ],
  };
}

/** A plugin in JavaScript that runs as it is, with its words, its test and the workflow of a CI. @throws UsageError */
export function newPlugin(given: string, slot: Slot): Scaffold {
  const names = namesOf(given, true);
  const { processor, command } = TRIALS[slot];
  const own = fillTemplate(`plugin/${slot}`, { ...names });
  const contentOf = (path: string): string => own.find((file) => file.path === path)?.content ?? '';
  const hasWords = contentOf('words.yaml') !== '';
  const common = fillTemplate('plugin/common', {
    ...names,
    slot,
    processor,
    version: VERSION,
    options: optionRows(contentOf('index.js')),
    example: contentOf('example.js'),
    try: command ?? 'npm test',
  });
  const files = hasWords ? common : common.filter(({ path }) => path !== 'pack.yaml').map(wordless);
  return {
    folder: names.name,
    files: [...files, ...own.filter(({ path }) => path !== 'example.js')],
    next: [
      `cd ${names.name}`,
      'npm install',
      'npm test',
      ...(command === undefined ? [] : [command]),
      `Then write your own in ${names.name}/index.js${hasWords ? `; its words go to ${names.name}/words.yaml` : ''}.`,
    ],
  };
}

/** A plugin that needs no words has no pack. */
function wordless(file: ScaffoldFile): ScaffoldFile {
  const drop: Readonly<Record<string, readonly RegExp[]>> = {
    'package.json': [/, "pack\.yaml", "words\.yaml"/u],
    'legenda.config.yaml': [/packs: \['[^']*'\], /u, /^packs: \[\.\]\n/mu],
    'README.md': [/ {4}packs: .*\n/u, /The words are in `words\.yaml`, the/u],
    'index.test.js': [/, \{ packs: \['\.'\] \}/gu],
    '.github/workflows/plugin.yml': [/ +- name: Check the words\n.*\n/u],
  };
  const content = (drop[file.path] ?? []).reduce((text, part) => text.replace(part, ''), file.content);
  return { ...file, content: content.replace(/^ code is in/mu, 'The code is in') };
}

/** The rows of the README's table, from the options that the template declares. */
function optionRows(source: string): string {
  const option = /^ {6}(\w+): \{.*default: ('[^']*'|[\w.]+), description: '([^']*)' \},$/gmu;
  return [...source.matchAll(option)]
    .map(([, name, value, what]) => `| \`${name}\` | \`${value}\` | ${what} |`)
    .join('\n');
}
