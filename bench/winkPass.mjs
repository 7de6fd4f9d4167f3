// wink-nlp with the same terms as custom entities, for comparison: node bench/winkPass.mjs TERMS.json IN.jsonl OUT.jsonl
import { createReadStream, openSync, readFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import model from 'wink-eng-lite-web-model';
import winkNLP from 'wink-nlp';

const [termsFile, input, output] = process.argv.slice(2);
const nlp = winkNLP(model, ['sbd', 'negation', 'cer']);
const byName = new Map();
for (const [term, entity, value] of JSON.parse(readFileSync(termsFile, 'utf8'))) {
  if (!/^[\p{L}\p{N} -]+$/u.test(term)) continue;
  const name = `${entity}/${value}`;
  if (!byName.has(name)) byName.set(name, []);
  byName.get(name).push(term.toLowerCase().replace(/[-\s]+/g, ' '));
}
nlp.learnCustomEntities(
  [...byName].map(([name, patterns]) => ({ name, patterns })),
  { matchValue: false },
);
const out = openSync(output, 'w');
let buffer = '';
for await (const line of createInterface({ input: createReadStream(input) })) {
  const { id, caption } = JSON.parse(line);
  const entities = [];
  nlp
    .readDoc(caption)
    .customEntities()
    .each((e) => entities.push({ text: e.out(), entity: e.out(nlp.its.type) }));
  buffer += `${JSON.stringify({ id, caption, entities })}\n`;
  if (buffer.length > 1 << 18) {
    writeSync(out, buffer);
    buffer = '';
  }
}
writeSync(out, buffer);
