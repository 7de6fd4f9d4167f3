import { openEngine } from '../../core/index.js';
import { fetchPass, fetchSettings, licenseFilter, openFolder } from '../../core/fetch/index.js';

// One pass in a process of its own, to be killed: `passChild.ts FOLDER BASE_URLS QUERY`.
const [folder, baseUrls, text] = process.argv.slice(2);
const engine = await openEngine({ slots: ['source'] });
const sources = engine.processors('source');
const settings = fetchSettings(
  { 'base-url': [baseUrls], rate: ['*=100000'], email: 'a@b.org' },
  { first_wait_ms: 5, longest_wait_ms: 100 },
  {},
);
const plugins = engine.plugins.slice(-sources.length);
const opened = await openFolder(folder, {
  ...{ settings, plugins, sources, pack: engine.pack, filter: licenseFilter([]), pictures: 'figures' },
  signal: new AbortController().signal,
});
await fetchPass(opened.work, opened.searches, {
  asked: [{ text, from: '2020-01-01', to: '2022-12-31' }],
  ids: [],
  update: false,
  jobs: 8,
  mesh: true,
});
await opened.close();
