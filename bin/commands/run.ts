import { Args, Flags } from '@oclif/core';
import type { Config } from '../../core/config.js';
import { SLOTS, type Slot } from '../../core/plugin/contract.js';
import { packFlags } from '../base.js';
import { EXIT, EXIT_HELP } from '../failure.js';
import { PassCommand, passFlags, type PassFlags } from '../passCommand.js';
import { progressBar } from '../progress.js';

export default class Run extends PassCommand {
  static override summary = 'Run one processor by itself, whichever plugin fills its slot.';
  static override description = `Slots and what they read:
  caption-splitter   records {id, caption}, optionally expected_panels
  assertion          records {id, text, start, end}
  demographics       records {id, text}
  article-reader     article files or folders (JATS, NLM, BioC XML or JSON, plain text)
  patient-segmenter  the same
  image-splitter     image files or folders, or records {file, expected_panels}

${EXIT_HELP}`;
  static override examples = [
    '<%= config.bin %> run caption-splitter captions.jsonl -o subcaptions.jsonl',
    '<%= config.bin %> run patient-segmenter articles/ -o cases.jsonl',
    '<%= config.bin %> run image-splitter figures/ -o boxes.jsonl --crops panels/ --overlay proofs/',
  ];
  static override strict = false;
  static override args = {
    slot: Args.string({ required: true, options: SLOTS.filter((slot) => slot !== 'source'), description: 'the slot' }),
    input: Args.string({ required: true, description: 'files or folders; - for standard input' }),
  };
  static override flags = {
    ...passFlags,
    ...packFlags,
    plugin: Flags.string({ description: 'plugin to run instead of the one that fills the slot', helpValue: 'NAME' }),
    metadata: Flags.string({
      multiple: true,
      description: 'PubMed XML with MeSH terms, joined by PMID or PMCID (article slots)',
      helpValue: 'FILE',
    }),
    crops: Flags.string({ description: 'folder for the panels as pictures (image-splitter)', helpValue: 'DIR' }),
    overlay: Flags.string({
      description: 'folder for figures with the panels drawn in (image-splitter)',
      helpValue: 'DIR',
    }),
  };

  async run(): Promise<void> {
    const { args, argv, flags } = await this.parse(Run);
    const slot = args.slot as Exclude<Slot, 'source'>;
    const inputs = (argv as string[]).slice(1);
    const config = withPlugin(await this.configOf(flags), slot, flags.plugin);
    if (slot === 'article-reader' || slot === 'patient-segmenter') await this.articles(slot, inputs, config, flags);
    else if (slot === 'image-splitter') await this.images(inputs, config, flags);
    else {
      const { UsageError } = await import('../../core/pipeline/usageError.js');
      if (inputs.length > 1)
        throw new UsageError(`'run ${slot}' takes one input; a folder stands for the record files in it`);
      await this.pass(inputs[0], { kind: slot }, [slot], config, flags);
    }
  }

  private async articles(
    slot: 'article-reader' | 'patient-segmenter',
    inputs: readonly string[],
    config: Config,
    flags: PassFlags & { readonly metadata?: readonly string[] },
  ): Promise<void> {
    const { assertReadable } = await import('../../core/pipeline/assertReadable.js');
    assertReadable([...inputs, ...(flags.metadata ?? [])]);
    const { articleStream } = await import('../../core/pipeline/articleStream.js');
    const { watchedArticles } = await import('../../core/pipeline/watchedArticles.js');
    const { writeStream } = await import('../../core/pipeline/recordPass.js');
    const slots: readonly Slot[] = slot === 'article-reader' ? [slot] : ['article-reader', slot, 'demographics'];
    const metadata = flags.metadata ?? [];
    const watch = this.watchOf(config, slots, flags.timeout);
    const stop = this.stopOnSignal();
    const script = new URL('../articleWorker.js', import.meta.url);
    const items = watch
      ? watchedArticles(
          { script, data: { config, slots, slot, metadata }, pack: this.packOf(config), ...watch },
          inputs,
          stop.signal,
        )
      : articleStream(await this.engineOf(config, slots), slot, inputs, metadata);
    const bar = progressBar(`run ${slot}`, flags.quiet || !process.stderr.isTTY);
    const summary = await writeStream(items, flags.output, {
      onProgress: (records, rejects) => bar.update({ records, rejects }),
      signal: stop.signal,
    }).finally(() => {
      bar.end();
      stop.off();
    });
    if (summary.interrupted) {
      if (!flags.quiet) process.stderr.write('legenda: interrupted\n');
      process.exitCode = 130;
      if (inputs.includes('-')) process.stdin.destroy();
      return;
    }
    if (flags.json) this.log(JSON.stringify(summary));
    if (summary.rejects > 0) {
      if (!flags.quiet)
        process.stderr.write(
          `legenda: ${summary.rejects} of the files rejected${summary.rejectsFile ? `: see ${summary.rejectsFile}` : ''}\n`,
        );
      if (!flags['allow-rejects']) process.exitCode = EXIT.findings;
    }
  }

  private async images(
    inputs: readonly string[],
    config: Config,
    flags: PassFlags & { readonly crops?: string; readonly overlay?: string },
  ): Promise<void> {
    const { imageSource } = await import('../../core/pipeline/imageSource.js');
    const { resolve } = await import('node:path');
    const { mkdir } = await import('node:fs/promises');
    const folders = { crops: flags.crops && resolve(flags.crops), overlay: flags.overlay && resolve(flags.overlay) };
    for (const folder of [folders.crops, folders.overlay]) if (folder) await mkdir(folder, { recursive: true });
    const base = await baseOf(inputs[0]);
    const source = imageSource(inputs);
    const { sharedNames } = await import('../../core/pipeline/figureNames.js');
    const shared = folders.crops || folders.overlay ? await sharedNames(source, base) : undefined;
    await this.pass(source, { kind: 'image-splitter', base, ...folders, shared }, ['image-splitter'], config, flags);
  }
}

const withPlugin = (config: Config, slot: Slot, plugin: string | undefined): Config =>
  plugin === undefined ? config : { ...config, slots: { ...config.slots, [slot]: [{ plugin }] } };

/** Relative paths in a record file are relative to it; those on the command line to the working folder. */
async function baseOf(input: string): Promise<string> {
  const { dirname, resolve } = await import('node:path');
  return /\.(jsonl|ndjson|csv|parquet)$/i.test(input) ? dirname(resolve(input)) : process.cwd();
}
