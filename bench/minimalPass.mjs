// The least that a labelling pass can be, as the baseline of bench/label.mjs: reads lines, cuts words with a regular
// expression, looks the longest term up in a token trie, and writes records of the shape that `label` writes.
//   node bench/minimalPass.mjs TERMS.json IN.jsonl OUT.jsonl      TERMS.json: [[term, entity, value, labels], …]
import { createReadStream, openSync, readFileSync, writeSync } from 'node:fs';

const [termsFile, input, output] = process.argv.slice(2);
const root = new Map();
for (const [term, entity, value, labels] of JSON.parse(readFileSync(termsFile, 'utf8'))) {
  let node = root;
  for (const word of term.toLowerCase().match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []) {
    if (!node.has(word)) node.set(word, new Map());
    node = node.get(word);
  }
  node.entry ??= {
    entity,
    value,
    labels,
    codes: {},
    origin: { pack: 'bench@1.0.0', rule: `${entity}/${value}`, at: 'terms.json:1' },
  };
}

function find(caption) {
  const words = [...caption.matchAll(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)];
  const entities = [];
  for (let i = 0; i < words.length;) {
    let node = root;
    let last = -1;
    let entry;
    for (let k = i; k < words.length; k++) {
      node = node.get(words[k][0].toLowerCase());
      if (node === undefined) break;
      if (node.entry) {
        entry = node.entry;
        last = k;
      }
    }
    if (last < 0) {
      i++;
      continue;
    }
    const start = words[i].index;
    const end = words[last].index + words[last][0].length;
    const { entity, value, labels, codes, origin } = entry;
    entities.push({
      start,
      end,
      text: caption.slice(start, end),
      entity,
      value,
      labels,
      assertion: 'present',
      codes,
      confidence: 0.5,
      origin,
    });
    i = last + 1;
  }
  return entities;
}

const out = openSync(output, 'w');
let rest = '';
let buffer = '';
for await (const chunk of createReadStream(input, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  for (const line of lines) {
    const { id, caption } = JSON.parse(line);
    const entities = find(caption);
    const labels = [...new Set(entities.flatMap((e) => e.labels))];
    const subcaptions = [
      { panel: null, text: caption, ranges: [[0, caption.length]], labels, entities: entities.map((_, i) => i) },
    ];
    buffer += `${JSON.stringify({ id, caption, labels, entities, subcaptions })}\n`;
    if (buffer.length > 1 << 18) {
      writeSync(out, buffer);
      buffer = '';
    }
  }
}
writeSync(out, buffer);
