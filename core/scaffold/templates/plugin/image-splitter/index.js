import { definePlugin } from 'legenda/plugin';

/** @typedef {{ gap: number }} Options */

/**
 * Cuts a PNG into as many columns as panels are expected, or leaves it whole.
 * @type {import('legenda/plugin').Plugin<'image-splitter', Options>}
 */
const plugin = {
  name: '{{name}}',
  version: '0.1.0',
  api: 1,
  slot: 'image-splitter',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      gap: { type: 'integer', minimum: 0, default: 0, description: 'Width of the gutter between two columns, in pixels.' },
    },
  },
  optionsExamples: [{ gap: 4 }],
  setup(_context, { gap }) {
    return {
      async split({ bytes, expectedPanels = 1 }) {
        const { width, height } = sizeOf(bytes);
        const count = Math.max(1, Math.min(expectedPanels, Math.floor(width / (gap + 1))));
        const step = width / count;
        const panels = Array.from({ length: count }, (_, i) => {
          const left = Math.round(i * step);
          const right = Math.round((i + 1) * step);
          const x = left + (i > 0 ? Math.ceil(gap / 2) : 0);
          const end = right - (i < count - 1 ? Math.floor(gap / 2) : 0);
          /** @type {[number, number, number, number]} */
          const cell = [left, 0, right - left, height];
          return { x, y: 0, width: end - x, height, label: null, score: 0.5, cell };
        });
        return { width, height, panels, confidence: 'low', reasons: [], status: count > 1 ? 'split' : 'single' };
      },
    };
  },
};

/** Width and height stand at a fixed place of every PNG. @param {Uint8Array} bytes */
function sizeOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 24 || view.getUint32(0) !== 0x89504e47) throw new Error('the file is no PNG');
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

export default definePlugin(plugin);
