export type * from './types.js';
export * from './decode.js';
export * from './identity.js';
export * from './inlineText.js';
export * from './floatLabel.js';
export * from './language.js';
export * from './license.js';
export * from './record.js';
export * from './xml.js';
