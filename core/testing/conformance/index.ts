export { checkPlugin, conformance, type ConformanceOptions } from './checkPlugin.js';
export { ConformanceError, type Check, type Finding } from './finding.js';
export { pluginContext, type HostOptions } from './host.js';
export { hostileTexts } from './hostileTexts.js';
export type { SampleFile } from './sampleFiles.js';
export type { Sample } from './trials.js';
