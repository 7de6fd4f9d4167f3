import { github } from './github.js';
import { json } from './json.js';
import { junit } from './junit.js';
import { pretty } from './pretty.js';
import { sarif } from './sarif.js';
import type { Reporter } from './reporter.js';

export const FORMATS = ['pretty', 'json', 'sarif', 'junit', 'github'] as const;
export type Format = (typeof FORMATS)[number];
export const reporters: Readonly<Record<Format, Reporter>> = { pretty, json, sarif, junit, github };
export type { ReportContext, Reporter } from './reporter.js';
export { summary } from './reporter.js';
export { plain } from './json.js';
