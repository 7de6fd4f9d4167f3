import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileOutput, RejectLog, standardOutput } from '../pipeline/output.js';
import { UsageError } from '../pipeline/usageError.js';
import { AnnotationError, goldLine, type AnnotatedText } from './annotatedText.js';
import { readBrat } from './brat.js';
import { ANNOTATION_FILES, ANNOTATION_FORMATS } from './exportForAnnotation.js';
import { readTask } from './labelStudioTask.js';

export interface AnnotationImport {
  readonly from: string;
  /** An export of Label Studio (a file, or a folder of these); a folder of brat. */
  readonly input: string;
  /** `-` for standard output. */
  readonly output: string;
  /** Takes tasks that nobody looked at as they were predicted. */
  readonly predictions?: boolean;
}

export interface ImportSummary {
  readonly texts: number;
  readonly entities: number;
  /** Tasks that nobody annotated. */
  readonly unseen: number;
  readonly rejects: number;
  readonly notes: readonly string[];
}

type Item = {
  readonly at: string;
  read(): { readonly text: AnnotatedText | undefined; readonly notes?: Readonly<Record<string, number>> };
};

/**
 * Writes what annotators made as gold, one JSON object a line, as `legenda eval` reads it. What cannot be understood goes
 * to `OUT.rejects.jsonl`.
 *
 * @throws UsageError for an input that is none
 */
export function importAnnotations({ from, input, output, predictions = false }: AnnotationImport): ImportSummary {
  if (from !== 'label-studio' && from !== 'brat')
    throw new UsageError(`'${from}' is no annotation format; there are ${ANNOTATION_FORMATS.join(', ')}`);
  if (!existsSync(input)) throw new UsageError(`no such file or folder: ${input}`);
  const items = from === 'brat' ? bratDocuments(input) : labelStudioTasks(input, predictions);
  const rejects = new RejectLog(output === '-' ? null : `${output}.rejects.jsonl`);
  const gold = output === '-' ? standardOutput() : fileOutput(output);
  const counts = { texts: 0, entities: 0, unseen: 0 };
  const notes = new Map<string, number>();
  const ids = new Set<string>();
  try {
    for (const { at, read } of items) {
      try {
        const { text, notes: own = {} } = read();
        if (text === undefined) {
          counts.unseen++;
          continue;
        }
        if (ids.has(text.id)) throw new AnnotationError(`the id '${text.id}' has come already`);
        ids.add(text.id);
        for (const [name, n] of Object.entries(own)) notes.set(name, (notes.get(name) ?? 0) + n);
        counts.texts++;
        counts.entities += text.entities.length;
        void gold.write(new TextEncoder().encode(goldLine(text)));
      } catch (error) {
        if (!(error instanceof AnnotationError)) throw error;
        rejects.write([{ error: error.message }], at);
      }
    }
    void gold.commit();
    rejects.commit();
  } catch (error) {
    gold.discard();
    rejects.discard();
    throw error;
  }
  return {
    ...counts,
    rejects: rejects.count,
    notes: [...notes].map(
      ([name, n]) => `${n} ${name} ${name === 'discontinuous spans' ? 'taken as the whole stretch' : 'left out'}`,
    ),
  };
}

function* labelStudioTasks(input: string, predictions: boolean): Generator<Item> {
  const isFolder = statSync(input).isDirectory();
  const files = isFolder
    ? readdirSync(input)
        .filter((name) => name.endsWith('.json') && name !== 'export.json')
        .sort()
        .map((name) => join(input, name))
    : [input];
  if (files.length === 0) throw new UsageError(`the folder ${input} holds no .json`);
  for (const file of files) {
    let tasks: unknown;
    try {
      tasks = JSON.parse(readFileSync(file, 'utf8'));
    } catch (error) {
      throw new UsageError(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (!Array.isArray(tasks)) throw new UsageError(`${file} is no list of tasks; export from Label Studio as JSON`);
    for (const [i, task] of tasks.entries())
      yield { at: `${file}, task ${i + 1}`, read: () => ({ text: readTask(task, predictions) }) };
  }
}

function* bratDocuments(folder: string): Generator<Item> {
  if (!statSync(folder).isDirectory()) throw new UsageError(`${folder} is no folder of brat`);
  const ids = documentIds(join(folder, ANNOTATION_FILES.documents));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ann'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  if (files.length === 0) throw new UsageError(`the folder ${folder} holds no .ann`);
  for (const file of files) {
    const path = relative(folder, file).slice(0, -'.ann'.length).split(sep).join('/');
    yield {
      at: file,
      read: () => {
        const textFile = join(folder, `${path}.txt`);
        if (!existsSync(textFile)) throw new AnnotationError(`there is no ${basename(textFile)} beside it`);
        const caption = readFileSync(textFile, 'utf8');
        const { entities, notes } = readBrat(caption, readFileSync(file, 'utf8'));
        return { text: { id: ids.get(path) ?? path, caption, entities }, notes };
      },
    };
  }
}

/** Which text a file is; ids may hold what names of files may not. */
function documentIds(path: string): ReadonlyMap<string, string> {
  if (!existsSync(path)) return new Map();
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  try {
    return new Map(
      lines.map((line) => JSON.parse(line) as { file: string; id: string }).map(({ file, id }) => [file, id]),
    );
  } catch {
    throw new UsageError(`${path} is not as legenda wrote it`);
  }
}
