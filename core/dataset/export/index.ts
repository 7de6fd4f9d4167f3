export {
  creatorOf,
  dayOf,
  readDescription,
  type Creator,
  type Description,
  type GivenDescription,
} from './describe.js';
export { exportDataset, type ExportRequest } from './exportDataset.js';
export { EXPORT_MANIFEST } from './outputFolder.js';
export { parseSize } from './parseSize.js';
export {
  EXPORT_FORMATS,
  type ExportedFile,
  type ExportFormat,
  type ExportOptions,
  type ExportSummary,
} from './types.js';
