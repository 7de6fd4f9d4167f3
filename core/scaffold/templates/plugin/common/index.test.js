import assert from 'node:assert/strict';
import test from 'node:test';
import { conformance, pluginContext } from 'legenda/testing';
import plugin from './index.js';

// Samples of what the slot reads, arbitrary Unicode, damaged files; the same answer every time; no change of its input.
test('it keeps the contract of its slot', async () => {
  await conformance(plugin, { packs: ['.'] });
});

test('it does what the README says', async () => {
  const { context, options } = await pluginContext(plugin, { packs: ['.'] });
  const {{processor}} = plugin.setup(context, options);
{{example}}});
