import { run } from '@oclif/core';
import { failure } from './failure.js';

/** Runs the command line and sets the exit code: the one place that does. */
export async function main(argv: string[], entry: string): Promise<void> {
  // A reader that stops early (`legenda label … | head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  try {
    await run(argv, entry);
  } catch (error) {
    const { code, message } = failure(error);
    if (message) process.stderr.write(`${message}\n`);
    process.exitCode = code;
  }
}
