import { defaultConfig } from '../../core/config.js';
import { buildEngine } from '../../core/container.js';
import type { CaptionSplit } from '../../core/plugin/index.js';

/** A splitter with the built-in packs. */
export async function openSplitter(): Promise<(caption: string, expectedPanels?: number) => CaptionSplit> {
  const engine = await buildEngine(defaultConfig(process.cwd()), ['caption-splitter']);
  const splitter = engine.processor('caption-splitter');
  return (caption, expectedPanels) => splitter.split({ doc: engine.doc(caption), expectedPanels });
}

/** The texts by panel; empty for a caption that stays whole. */
export function textsOf(split: CaptionSplit): Record<string, string> {
  return Object.fromEntries(split.subcaptions.flatMap(({ panel, text }) => (panel === null ? [] : [[panel, text]])));
}
