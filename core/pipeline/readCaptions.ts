import { readBatches, recordFiles } from './input.js';

/** The captions of record files, all at once: for commands that look at a corpus as a whole. Lines without one are left out. */
export async function readCaptions(path: string): Promise<{ readonly id: string; readonly caption: string }[]> {
  const captions: { id: string; caption: string }[] = [];
  for (const file of recordFiles(path)) {
    for await (const { bytes } of readBatches(file)) {
      for (const line of new TextDecoder().decode(bytes).split('\n')) {
        if (line.trim() === '') continue;
        const { id, caption } = JSON.parse(line) as { id?: unknown; caption?: unknown };
        if (typeof caption === 'string') captions.push({ id: String(id), caption });
      }
    }
  }
  return captions;
}
