import type { TableName } from './rows.js';

/** A table as it was written. */
export interface ManifestTable {
  /** Relative to the dataset. */
  readonly file: string;
  readonly rows: number;
  readonly sha256: string;
}

/** `manifest.json` of a dataset: what made it, and what it holds. No clock, no path of a machine: equal input, equal bytes. */
export interface Manifest {
  readonly format: 1;
  /** Version of the engine. */
  readonly legenda: string;
  readonly packs: readonly { readonly id: string; readonly version: string; readonly sha256: string }[];
  /** `name@version`. */
  readonly plugins: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly tables: Readonly<Record<TableName, ManifestTable>>;
  /** Articles of each licence; `unknown` for those that tell none. */
  readonly licenses: Readonly<Record<string, number>>;
  /** Number of image files. */
  readonly images: number;
}

/** `taxonomy.json`: the classes of the packs that were used, so that a filter can take `ct` for `radiology`. */
export interface TaxonomyFile {
  readonly classes: Readonly<Record<string, TaxonomyFileClass>>;
}
export interface TaxonomyFileClass {
  readonly name: string;
  readonly parents: readonly string[];
  readonly group?: string;
  readonly codes?: Readonly<Record<string, string>>;
  /** Of a compound class: it is given where all of these are. */
  readonly of?: readonly string[];
}
