import { basename } from 'node:path';
import type { Column } from '../column.js';
import type { TableName } from '../rows.js';
import { SCHEMA } from '../schema.js';
import { exportCard, languagesOf } from './card.js';
import type { ExportJob, ExportResult } from './exportDataset.js';
import { CLASS, hubFeatures, PICTURE } from './hubFeatures.js';
import { ParquetShards } from './parquetShards.js';
import type { ExportSource } from './source.js';
import { WHOLE } from './splits.js';
import { SHARD_BYTES } from './types.js';

/** Tables as configs of the hub, the default one first. */
const CONFIGS: readonly TableName[] = ['images', 'cases', 'figures', 'articles'];
/** Rows of a row group: small where there are pictures in it, since a loader reads whole groups. */
const GROUP_ROWS = { images: 100, others: 2_000 };

/**
 * A folder that `datasets.load_dataset(folder)` loads, pictures decoded: a card with a config for each table, and Parquet
 * shards by split. Rows of `images` without a picture are left out there; their captions are in `figures`.
 */
export async function exportHuggingface({
  source,
  out,
  options,
  description,
  licenses,
  progress,
}: ExportJob): Promise<ExportResult> {
  // A subset of texts has no picture at all: its images are rows like all others then, and the patients come first.
  const pictures = (options.pictures ?? true) && (await hasPictures(source));
  const splits = source.splits.names.length > 0 ? source.splits.names : [WHOLE];
  const counts: Record<string, number> = {};
  let left = 0;
  for (const table of CONFIGS) {
    const withPicture = table === 'images' && pictures;
    const { classes } = source;
    const columns: readonly Column[] = withPicture
      ? [PICTURE, ...(classes ? [CLASS] : []), ...SCHEMA.images]
      : SCHEMA[table];
    const shards = new Map(
      splits.map((split) => [
        split,
        new ParquetShards(out, {
          prefix: `data/${table}/${split}`,
          columns,
          metadata: { huggingface: hubFeatures(columns, classes?.names) },
          shardBytes: options.shardBytes ?? SHARD_BYTES,
          groupRows: withPicture ? GROUP_ROWS.images : GROUP_ROWS.others,
        }),
      ]),
    );
    for await (const row of source.rows(table)) {
      const shard = shards.get(source.splits.of(row.article_id))!;
      if (!withPicture) await shard.write(row as unknown as Record<string, unknown>);
      else if ('image_id' in row && row.file !== null) {
        const bytes = await source.picture(row);
        const place = classes?.names.indexOf(classes.of(row.image_id) ?? '');
        await shard.write(
          {
            image: { bytes, path: basename(row.file) },
            class: place === undefined || place < 0 ? null : BigInt(place),
            ...row,
          },
          bytes.length,
        );
      } else left++;
      progress(1);
    }
    for (const [split, shard] of shards) {
      await shard.close();
      counts[splits.length > 1 ? `${table}, ${split}` : table] = shard.count;
    }
  }
  const notes =
    left > 0
      ? [`${left} rows of images have no picture and are left out of the config images; their captions are in figures`]
      : [];
  const images = Object.entries(counts).reduce((sum, [name, n]) => (name.startsWith('images') ? sum + n : sum), 0);
  const whole = splits.length > 1 ? '' : `, split="${WHOLE}"`;
  out.text(
    'README.md',
    exportCard(description, licenses, images, {
      front: { configs: configs(splits, pictures ? 'images' : 'cases') },
      counts,
      notes,
      languages: await languagesOf(source),
      use: [
        '```python',
        'from datasets import load_dataset',
        '',
        pictures
          ? `images = load_dataset("PATH OR NAME", "images"${whole})  # pictures decoded`
          : `cases = load_dataset("PATH OR NAME", "cases"${whole})`,
        ...(pictures ? [`cases = load_dataset("PATH OR NAME", "cases"${whole})`] : []),
        '```',
        '',
        `Configs: \`images\`, \`cases\`, \`figures\`, \`articles\`; the default is \`${pictures ? 'images' : 'cases'}\`. \`article_id\`, \`case_id\` and \`figure_id\` join them.`,
      ].join('\n'),
    }),
  );
  out.text('.gitattributes', '*.parquet filter=lfs diff=lfs merge=lfs -text\n');
  return { counts, notes };
}

const configs = (splits: readonly string[], first: TableName): unknown[] =>
  CONFIGS.map((table) => ({
    config_name: table,
    data_files: splits.map((split) => ({ split, path: `data/${table}/${split}-*.parquet` })),
    ...(table === first && { default: true }),
  }));

async function hasPictures(source: ExportSource): Promise<boolean> {
  for await (const { file } of source.columns('images', ['file'])) if (file !== null) return true;
  return false;
}
