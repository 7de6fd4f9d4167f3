import type { PassProgress } from '../core/pipeline/pass.js';

export interface ProgressBar {
  readonly update: (progress: PassProgress) => void;
  /** Wipes the line. May be called twice. */
  readonly end: () => void;
}

const SILENT: ProgressBar = { update: () => undefined, end: () => undefined };
const WIDTH = 24;

/** One line on standard error, drawn four times a second: share done, records, rate, time left. */
export function progressBar(title: string, silent: boolean): ProgressBar {
  if (silent) return SILENT;
  const started = Date.now();
  let drawn = 0;
  let open = false;
  return {
    update({ records, rejects, done }) {
      const now = Date.now();
      if (now - drawn < 250) return;
      drawn = now;
      open = true;
      const seconds = (now - started) / 1000;
      const rate = Math.round(records / Math.max(seconds, 0.001)).toLocaleString('en');
      const refused = rejects > 0 ? `, ${rejects} rejected` : '';
      let share = '';
      if (done !== undefined && done > 0) {
        const full = Math.round(done * WIDTH);
        const left = Math.round((seconds / done) * (1 - done));
        share = `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${Math.round(done * 100)} %, ${left} s left, `;
      }
      process.stderr.write(`\r\x1b[K${title} ${share}${records.toLocaleString('en')} records, ${rate}/s${refused}`);
    },
    end() {
      if (open) process.stderr.write('\r\x1b[K');
      open = false;
    },
  };
}
