import { PLUGIN_API, SLOTS, type Plugin, type PluginContext, type Slot, type Slots } from '../../plugin/contract.js';
import { guard } from '../../plugin/guard.js';
import { PluginError } from '../../plugin/pluginError.js';
import { checkSchema } from './checkSchema.js';
import { ConformanceError, type Check, type Finding } from './finding.js';
import { testContext, type HostOptions } from './host.js';
import { trialsOf, type Sample, type Trial } from './trials.js';

export interface ConformanceOptions extends HostOptions {
  /** Texts, articles or files of one's own beside the built-in samples. */
  readonly samples?: readonly Sample[];
}

/** Findings of one kind at most: a plugin that throws always does so on hundreds of samples. */
const EACH = 5;

/**
 * Tries a plugin against the contract of its slot: its shape, its options, samples of what it will read, arbitrary Unicode,
 * damaged files; and that it answers the same again and leaves its input alone.
 *
 * @returns how it breaks the contract; nothing where it keeps it
 * @throws PackError, UsageError where a pack is not there or invalid
 */
export async function checkPlugin(plugin: unknown, options: ConformanceOptions = {}): Promise<Finding[]> {
  const findings: Finding[] = [];
  const counts = new Map<Check, number>();
  const report = (check: Check, message: string, sample?: string): void => {
    const count = (counts.get(check) ?? 0) + 1;
    counts.set(check, count);
    if (count <= EACH) findings.push(sample === undefined ? { check, message } : { check, message, sample });
  };
  if (!hasShape(plugin, report)) return findings;
  const settings = await checkSchema(plugin, options.options, (message) => report('options', message));
  if (findings.length > 0) return findings;
  const context = await testContext(options);
  const setUp = (chosen: unknown): Slots[Slot] | undefined => {
    try {
      return guard(plugin.name, plugin.slot, plugin.setup(context, structuredClone(chosen)), { foreign: true });
    } catch (error) {
      report('set-up', `it cannot be set up with ${JSON.stringify(chosen)}: ${messageOf(error)}`);
      return undefined;
    }
  };
  const first = setUp(settings[0]);
  if (first === undefined) return findings;
  const trials = await trialsOf(plugin.slot, options.samples ?? []);

  const answers = new Map<Trial, string>();
  for (const trial of trials.samples) {
    const answer = await asked(trial, first, context, 'samples', report);
    if (answer !== undefined) answers.set(trial, answer);
  }
  const accepted = [...answers].some(([trial, answer]) => answer !== NOT_ACCEPTED && isOwn(trial, options.samples));
  if (plugin.slot === 'article-reader' && (options.samples?.length ?? 0) > 0 && !accepted) {
    report('samples', 'it accepts none of the samples that it was given');
  }
  const again = async (processor: Slots[Slot] | undefined, order: readonly Trial[], when: string): Promise<void> => {
    if (processor === undefined) return;
    for (const trial of order) {
      const before = answers.get(trial);
      const now = before === undefined ? undefined : await asked(trial, processor, context, 'samples', report);
      if (now !== undefined && now !== before) report('deterministic', `it answers differently ${when}`, trial.name);
    }
  };
  await again(first, trials.samples, 'the second time');
  await again(first, [...trials.samples].reverse(), 'in another order');
  await again(setUp(settings[0]), [...trials.samples].reverse(), 'after it has been set up anew');
  for (const trial of trials.hostile) await asked(trial, first, context, 'unicode', report);
  for (const trial of trials.bad) await refused(trial, first, context, report);
  for (const chosen of settings.slice(1)) {
    const processor = setUp(chosen);
    if (processor === undefined) continue;
    for (const trial of trials.samples) await asked(trial, processor, context, 'samples', report);
  }
  return findings;
}

/**
 * `checkPlugin` as one line of a test, whatever runs it: `test('it keeps the contract', () => conformance(plugin))`.
 * @returns no findings
 * @throws ConformanceError that lists them where there are any
 */
export async function conformance(plugin: unknown, options: ConformanceOptions = {}): Promise<readonly Finding[]> {
  const findings = await checkPlugin(plugin, options);
  if (findings.length > 0) throw new ConformanceError(nameOf(plugin), findings);
  return findings;
}

type Report = (check: Check, message: string, sample?: string) => void;

const NOT_ACCEPTED = JSON.stringify('not accepted');

function hasShape(plugin: unknown, report: Report): plugin is Plugin {
  if (typeof plugin !== 'object' || plugin === null) {
    report('shape', 'a plugin is an object; is it the default export of its module?');
    return false;
  }
  const { api, name, version, slot, setup } = plugin as Partial<Record<keyof Plugin, unknown>>;
  if (api !== PLUGIN_API) report('api', `it is for plugin interface ${String(api)}; this engine has ${PLUGIN_API}`);
  if (typeof name !== 'string' || !/^(@[\w.-]+\/)?[\w.-]+$/.test(name))
    report('shape', `${JSON.stringify(name)} is no name: letters, digits, dots and hyphens`);
  if (typeof version !== 'string' || !/^\d+\.\d+\.\d+/.test(version))
    report('shape', `${JSON.stringify(version)} is no version such as 1.0.0`);
  if (!SLOTS.includes(slot as Slot)) report('shape', `there is no slot '${String(slot)}'; slots: ${SLOTS.join(', ')}`);
  if (typeof setup !== 'function') report('shape', 'it has no function setup');
  return api === PLUGIN_API && typeof name === 'string' && SLOTS.includes(slot as Slot) && typeof setup === 'function';
}

/** The answer to a trial as JSON, or undefined after reporting why there is none. */
async function asked(
  trial: Trial,
  processor: Slots[Slot],
  context: PluginContext,
  check: Check,
  report: Report,
): Promise<string | undefined> {
  try {
    return JSON.stringify(await trial.ask(processor as never, context)) ?? 'undefined';
  } catch (error) {
    report(checkOf(error, check), messageOf(error), trial.name);
    return undefined;
  }
}

/** Bad input may be refused, in one sentence. */
async function refused(
  trial: Trial & { readonly refuse: boolean },
  processor: Slots[Slot],
  context: PluginContext,
  report: Report,
): Promise<void> {
  let answer: unknown;
  try {
    answer = await trial.ask(processor as never, context);
  } catch (error) {
    if (error instanceof PluginError) report(checkOf(error, 'bad-bytes'), error.message, trial.name);
    else if (!(error instanceof Error) || error.message.trim() === '')
      report('bad-bytes', `it throws ${String(error)}, which is no Error with a sentence`, trial.name);
    return;
  }
  const status = (answer as { readonly status?: unknown } | null)?.status;
  if (trial.refuse && status !== 'undecodable')
    report('bad-bytes', 'it answers instead of throwing an Error', trial.name);
}

function checkOf(error: unknown, otherwise: Check): Check {
  if (!(error instanceof PluginError)) return otherwise;
  if (error.fault === 'bad-result') return 'result';
  return error.fault === 'changed-input' ? 'input' : otherwise;
}

const isOwn = (trial: Trial, own: readonly Sample[] = []): boolean =>
  own.some((one) => typeof one === 'object' && one.file === trial.name);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function nameOf(plugin: unknown): string {
  const { name } = (plugin ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' ? name : 'without a name';
}
