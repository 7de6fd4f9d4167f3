import { describe, expect, it } from 'vitest';
import { mergeChunks, type MergeOptions, type MergeableChunk } from '../../core/match/contextual/index.js';

const chunk = (text: string, start: number, entity: string, more: object = {}): MergeableChunk => ({
  text,
  start,
  end: start + text.length,
  entity,
  ...more,
});
const merged = (columns: MergeableChunk[][], options?: MergeOptions): string[] =>
  mergeChunks(columns, options).map(({ text, entity }) => `${text}:${entity}`);

const LONG = chunk('renal artery', 4, 'vessel', { confidence: 0.5 });
const SHORT = chunk('renal', 4, 'organ', { confidence: 0.9 });
const LATER = chunk('spleen', 20, 'organ');

describe('merging chunks', () => {
  it('keeps the longer, of equals the one of the first column, and all that is apart, by place and numbered', () => {
    expect(merged([[SHORT, LATER], [LONG]])).toEqual(['renal artery:vessel', 'spleen:organ']);
    const equal = { ...SHORT, entity: 'site' };
    expect(merged([[SHORT], [equal]])).toEqual(['renal:organ']);
    expect(merged([[equal], [SHORT]])).toEqual(['renal:site']);
    expect(mergeChunks([[LATER], [LONG]]).map(({ text, chunk: index }) => [text, index])).toEqual([
      ['renal artery', 0],
      ['spleen', 1],
    ]);
  });

  it('fills in the entity from the field and keeps everything else', () => {
    const [only] = mergeChunks([[{ text: 'x', start: 0, end: 1, field: 'f', normalized: 'n', confidence: '0.74' }]]);
    expect(only).toEqual({
      text: 'x',
      start: 0,
      end: 1,
      field: 'f',
      normalized: 'n',
      confidence: '0.74',
      entity: 'f',
      chunk: 0,
    });
  });

  it('keeps all when told, the longer first at one place', () => {
    expect(merged([[SHORT, LATER], [LONG]], { mergeOverlapping: 'false' })).toEqual([
      'renal artery:vessel',
      'renal:organ',
      'spleen:organ',
    ]);
  });

  it('follows ordering features in turn', () => {
    const columns = [[LONG], [SHORT]];
    expect(merged(columns, { orderingFeatures: ['ChunkConfidence'] })).toEqual(['renal:organ']);
    expect(merged(columns, { orderingFeatures: ['ChunkLength', 'ChunkConfidence'] })).toEqual(['renal artery:vessel']);
    const early = chunk('the renal', 0, 'phrase');
    expect(merged([[LONG], [early]], { orderingFeatures: ['ChunkBegin'] })).toEqual(['the renal:phrase']);
    expect(merged([[LONG], [early]], { orderingFeatures: ['ChunkBegin'], selectionStrategy: 'DiverseLonger' })).toEqual(
      ['renal artery:vessel'],
    );
    const unsure = { ...LONG, confidence: undefined };
    const byConfidence = { orderingFeatures: ['ChunkConfidence'] };
    expect(merged([[unsure], [SHORT]], { ...byConfidence, defaultConfidence: 0.95 })).toEqual(['renal artery:vessel']);
    expect(merged([[unsure], [SHORT]], byConfidence)).toEqual(['renal:organ']);
    expect(() => merged(columns, { orderingFeatures: ['ChunkColour'] })).toThrow(/ChunkColour/u);
  });

  it('ranks by the values of fields', () => {
    const options = {
      orderingFeatures: ['ChunkPrecedence'],
      chunkPrecedence: 'ner_source,entity',
      chunkPrecedenceValuePrioritization: ['dict,organ', 'rules,vessel'],
      inputCols: ['rules', 'dict'],
    };
    expect(merged([[LONG], [SHORT]], options)).toEqual(['renal:organ']);
    expect(merged([[LONG], [SHORT]], { ...options, inputCols: ['rules', 'other'] })).toEqual(['renal artery:vessel']);
    const more = { orderingFeatures: ['ChunkPrecedence'], chunkPrecedence: 'code,grade' };
    expect(merged([[{ ...LONG, code: 1 }], [{ ...SHORT, code: 1, grade: 2 }]], more)).toEqual(['renal:organ']);
    expect(merged([[LONG], [SHORT]], { ...more, chunkPrecedence: 'anything,organ' })).toEqual(['renal:organ']);
  });

  it('drops by lists, false positives and confidence before merging, and renames after', () => {
    const columns = [[LONG], [SHORT, LATER]];
    expect(merged(columns, { blackList: ['vessel'] })).toEqual(['renal:organ', 'spleen:organ']);
    expect(merged(columns, { whiteList: ['vessel'] })).toEqual(['renal artery:vessel']);
    expect(merged(columns, { whiteList: ['VESSEL'], caseSensitive: false })).toEqual(['renal artery:vessel']);
    expect(merged(columns, { falsePositivesResource: 'Renal Artery,vessel\n' })).toEqual([
      'renal:organ',
      'spleen:organ',
    ]);
    expect(merged(columns, { entitiesConfidence: { vessel: 0.6 } })).toEqual(['renal:organ', 'spleen:organ']);
    for (const replaceDict of [{ vessel: 'artery' }, [['vessel', 'artery']], 'vessel,artery']) {
      expect(merged(columns, { replaceDict })).toEqual(['renal artery:artery', 'spleen:organ']);
    }
  });
});
