import type Sharp from 'sharp';

export type SharpModule = typeof Sharp;

let loaded: Promise<SharpModule> | undefined;

/**
 * sharp, loaded when the first picture is read: who works on captions alone need not have it.
 * Its cache is off and it uses one thread, since figures are worked on in several workers.
 */
export function loadSharp(): Promise<SharpModule> {
  loaded ??= import('sharp').then(
    ({ default: sharp }) => {
      sharp.cache(false);
      sharp.concurrency(1);
      return sharp;
    },
    (error: unknown) => {
      loaded = undefined;
      if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND')
        throw new Error('Reading pictures needs the package sharp. Install it with `npm install sharp`.');
      throw error;
    },
  );
  return loaded;
}
