import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { conformance, pluginContext } from 'legenda/testing';
import plugin from './index.js';

// Samples of what the slot reads, arbitrary Unicode; the same answer every time; no change of its input.
test('it keeps the contract of its slot', async () => {
  await conformance(plugin, { packs: ['.'], samples: texts() });
});

const CASES = [
  ['Eine 45-jährige Patientin stellte sich vor.', 45, 'year', 'Female'],
  ['Der 3 Monate alte Junge hatte Fieber.', 3, 'month', 'Male'],
  ['Ein sechswöchiger Säugling, männlich.', null, null, 'Male'],
  ['Im Alter von 8 Wochen wurde das Mädchen operiert.', 8, 'week', 'Female'],
  ['Wir berichten über einen zweiundsiebzigjährigen Rentner.', 72, 'year', 'Male'],
  ['Ein 72 Jahre alter Mann. Seine 40-jährige Tochter ist gesund.', 72, 'year', 'Male'],
  ['Die 60-jährige Mutter des 4-jährigen Jungen.', 4, 'year', 'Male'],
  ['Vor 12 Jahren operiert; sie klagt über Husten.', null, null, 'Female'],
  ['Histologie nach Entfernung.', null, null, 'Unknown'],
  ['Eine 300-jährige Eiche.', null, null, 'Unknown'],
];

test('it reads German', async () => {
  const { context, options } = await pluginContext(plugin, { packs: ['.'] });
  const reader = plugin.setup(context, options);
  for (const [text, value, unit, gender] of CASES) {
    const found = reader.read(context.doc(String(text)));
    assert.deepEqual([found.age?.value ?? null, found.age?.unit ?? null, found.gender], [value, unit, gender], String(text));
  }
});

test('pronouns count only where they may', async () => {
  const { context, options } = await pluginContext(plugin, { packs: ['.'], options: { pronouns: false } });
  assert.equal(plugin.setup(context, options).read(context.doc('Sie klagt über Husten.')).gender, 'Unknown');
});

function texts() {
  return readFileSync(new URL('texts.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => String(JSON.parse(line).text));
}
