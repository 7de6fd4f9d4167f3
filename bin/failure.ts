import { UnknownNormalisation } from '../core/label/unknownNormalisation.js';
import { PackError } from '../core/pack/packError.js';
import { UsageError } from '../core/pipeline/usageError.js';
import { WorkerFailure } from '../core/pipeline/workerFailure.js';
import { PluginError, type PluginFault } from '../core/plugin/pluginError.js';

/** Exit codes, as `--help` lists them. */
export const EXIT = { fine: 0, findings: 1, usage: 2, pack: 3, version: 4, plugin: 5, internal: 70 } as const;

export const EXIT_HELP = `EXIT CODES
  0  fine
  1  findings, failed tests or rejects
  2  usage: a missing file, an unknown flag, pack or plugin
  3  a pack is invalid
  4  the version of the engine, a pack or a plugin does not fit
  5  a plugin failed
  70 internal error: please report it`;

const PLUGIN_EXIT: Readonly<Record<PluginFault, number>> = {
  'wrong-api': EXIT.version,
  'not-found': EXIT.usage,
  'not-a-plugin': EXIT.plugin,
  'wrong-slot': EXIT.usage,
  'bad-options': EXIT.usage,
  'duplicate-name': EXIT.usage,
  'empty-slot': EXIT.usage,
  'setup-failed': EXIT.plugin,
  threw: EXIT.plugin,
  'bad-result': EXIT.plugin,
  'changed-input': EXIT.plugin,
  crashed: EXIT.plugin,
  'timed-out': EXIT.plugin,
};

/** Exit code and message of whatever was thrown. The message is empty where it was printed already. */
export function failure(error: unknown): { code: number; message: string } {
  if (error instanceof UsageError) return { code: EXIT.usage, message: `legenda: ${error.message}` };
  if (error instanceof PackError)
    return { code: error.wrongVersion ? EXIT.version : EXIT.pack, message: error.message };
  if (error instanceof PluginError) return { code: PLUGIN_EXIT[error.fault], message: `legenda: ${error.message}` };
  if (error instanceof UnknownNormalisation) return { code: EXIT.usage, message: `legenda: ${error.message}` };
  // A worker has made a message of its error already.
  if (error instanceof WorkerFailure) return { code: error.code, message: error.message };
  if (isExit(error)) return { code: error.oclif.exit, message: '' };
  if (isParserError(error))
    return { code: EXIT.usage, message: `legenda: ${parserSentence(error.message)}\nSee more help with --help` };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: EXIT.internal, message: `legenda: internal error; please report it\n${text}` };
}

/** oclif ends a command by throwing an ExitError. */
const isExit = (error: unknown): error is { oclif: { exit: number } } =>
  error instanceof Error && (error as { code?: string }).code === 'EEXIT';

/** Errors of flags, arguments and command names carry oclif's own marks. */
const isParserError = (error: unknown): error is Error =>
  error instanceof Error && ('parse' in error || 'oclif' in error || /^command .* not found/.test(error.message));

/** What the parser found, without its heading (“The following error occurred:”) where that stands on a line of its own. */
function parserSentence(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  if (lines[0].endsWith('occurred:') && lines[1]) return lines[1];
  const flag = /^Parsing (--\S+)$/.exec(lines[0]);
  return flag && lines[1] ? `${flag[1]}: ${lines[1]}` : lines[0];
}
