export * from './crops.js';
export * from './decode.js';
export * from './overlay.js';
export * from './raster.js';
export * from './readingOrder.js';
