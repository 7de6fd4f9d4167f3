import { extname } from 'node:path';
import { exportCard, languagesOf } from './card.js';
import type { ExportJob, ExportResult } from './exportDataset.js';
import { sampleKey } from './sampleKey.js';
import { WHOLE } from './splits.js';
import { TarShards } from './tarShards.js';
import { SHARD_BYTES, SHARD_ROWS } from './types.js';

/**
 * Tar shards `SPLIT-000000.tar` whose samples are `KEY.webp` (or `KEY.png`), `KEY.json` (the row of `images`) and `KEY.txt`
 * (the caption), side by side, as WebDataset reads them; `SPLIT.index.json` lists the shards with their number of samples.
 * Of a classification there is `KEY.cls` too, the place of the class among the names in `SPLIT.index.json`.
 */
export async function exportWebdataset({
  source,
  out,
  options,
  description,
  licenses,
  progress,
}: ExportJob): Promise<ExportResult> {
  const splits = source.splits.names.length > 0 ? source.splits.names : [WHOLE];
  const limits = { bytes: options.shardBytes ?? SHARD_BYTES, samples: options.shardRows ?? SHARD_ROWS };
  const shards = new Map(splits.map((split) => [split, new TarShards(out, split, limits)]));
  let left = 0;
  for await (const row of source.rows('images')) {
    progress(1);
    if (row.file === null) {
      left++;
      continue;
    }
    const key = sampleKey(row.image_id);
    const name = source.classes?.of(row.image_id);
    await shards.get(source.splits.of(row.article_id))!.add([
      { name: `${key}${extname(row.file).toLowerCase()}`, body: await source.picture(row) },
      {
        name: `${key}.json`,
        body: Buffer.from(JSON.stringify({ __key__: key, ...row, ...(name !== undefined && { class: name }) })),
      },
      { name: `${key}.txt`, body: Buffer.from(row.caption) },
      ...(name === undefined
        ? []
        : [{ name: `${key}.cls`, body: Buffer.from(String(source.classes!.names.indexOf(name))) }]),
    ]);
  }
  const counts: Record<string, number> = {};
  for (const [split, tar] of shards) {
    const list = await tar.close();
    counts[splits.length > 1 ? `samples, ${split}` : 'samples'] = list.reduce((sum, { samples }) => sum + samples, 0);
    counts[splits.length > 1 ? `shards, ${split}` : 'shards'] = list.length;
    const shardlist = list.map(({ path, samples, bytes }) => ({ url: path, nsamples: samples, filesize: bytes }));
    out.text(
      `${split}.index.json`,
      `${JSON.stringify({ __kind__: 'wids-shard-index-v1', wids_version: 1, name: split, ...(source.classes && { classes: source.classes.names }), shardlist }, null, 2)}\n`,
    );
  }
  const notes = left > 0 ? [`${left} images have no picture and are left out`] : [];
  const images = await source.count('images');
  out.text(
    'README.md',
    exportCard(description, licenses, images - left, {
      counts,
      notes,
      languages: await languagesOf(source),
      columns: false,
      use: [
        '```python',
        'import webdataset as wds',
        '',
        `data = wds.WebDataset("${splits[0]}-{000000..${String(Math.max(0, shardsOf(counts, splits) - 1)).padStart(6, '0')}}.tar", shardshuffle=100).shuffle(1000).decode("pil").to_tuple("webp;png", "json", "txt")`,
        '```',
        '',
        'Samples stand in the order of the articles, so panels of a figure are neighbours: shuffle. `json` is the row of the table `images`, `txt` its caption.',
      ].join('\n'),
    }),
  );
  return { counts, notes };
}

const shardsOf = (counts: Readonly<Record<string, number>>, splits: readonly string[]): number =>
  counts[splits.length > 1 ? `shards, ${splits[0]}` : 'shards'] ?? 0;
