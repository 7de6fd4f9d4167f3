import type { BuildProgress } from '../core/pipeline/build/runBuild.js';

const WIDTH = 24;
const TITLES: Readonly<Record<BuildProgress['stage'], string>> = {
  scan: 'looking for what is new',
  articles: 'articles',
  tables: 'tables',
  images: 'images',
};

/** One line on standard error, drawn four times a second: stage, share done, time left, articles, rejects. */
export function buildBar(silent: boolean): { update: (progress: BuildProgress) => void; end: () => void } {
  if (silent) return { update: () => undefined, end: () => undefined };
  let stage: BuildProgress['stage'] | undefined;
  let began = 0;
  let drawn = 0;
  let open = false;
  return {
    update(progress) {
      const now = Date.now();
      if (progress.stage !== stage) {
        stage = progress.stage;
        began = now;
      } else if (now - drawn < 250) return;
      drawn = now;
      open = true;
      const { done, articles, rejects } = progress;
      const full = Math.round(done * WIDTH);
      const seconds = (now - began) / 1000;
      const left = done > 0 && seconds > 1 ? `, ${Math.round((seconds / done) * (1 - done))} s left` : '';
      const refused = rejects > 0 ? `, ${rejects} rejected` : '';
      process.stderr.write(
        `\r\x1b[Kbuild ${TITLES[progress.stage]} [${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${Math.round(done * 100)} %${left}, ${articles.toLocaleString('en')} articles${refused}`,
      );
    },
    end() {
      if (open) process.stderr.write('\r\x1b[K');
      open = false;
    },
  };
}
