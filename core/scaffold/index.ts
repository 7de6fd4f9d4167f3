export { newPack, newPlugin, type Scaffold } from './scaffold.js';
export { intoPack, type TargetPack } from './intoPack.js';
export { writeScaffold } from './write.js';
export type { ScaffoldFile } from './templates.js';
