/**
 * The program of the worker that holds OpenCV. It is a string, since a worker's file would be TypeScript in the sources and
 * JavaScript in the build. Four matrices are kept and used again; others are never made, so none can leak.
 */
export const WORKER_SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const events = ['uncaughtException', 'unhandledRejection'];
const before = new Map(events.map((e) => [e, process.listeners(e)]));
const { cv } = require(workerData.module);
for (const e of events)
  for (const listener of process.listeners(e)) if (!before.get(e).includes(listener)) process.removeListener(e, listener);
delete cv.then;

let mats = null;
function matsOf(width, height) {
  if (mats && mats.width === width && mats.height === height) return mats;
  if (mats) for (const mat of [mats.grey, mats.smooth, mats.edges]) mat.delete();
  const make = () => new cv.Mat(height, width, cv.CV_8UC1);
  mats = { width, height, grey: make(), smooth: make(), edges: make() };
  return mats;
}

parentPort.on('message', ({ id, grey, width, height, blur, low, high }) => {
  try {
    const m = matsOf(width, height);
    m.grey.data.set(grey);
    cv.GaussianBlur(m.grey, m.smooth, new cv.Size(blur, blur), 0, 0, cv.BORDER_DEFAULT);
    cv.Canny(m.smooth, m.edges, low, high);
    const edges = Uint8Array.from(m.edges.data);
    parentPort.postMessage({ id, edges }, [edges.buffer]);
  } catch (error) {
    // What OpenCV throws is a number: the place of the exception in its heap.
    const text = typeof error === 'number' ? cv.exceptionFromPtr(error).msg : String(error && error.message);
    parentPort.postMessage({ id, error: text });
  }
});
`;
