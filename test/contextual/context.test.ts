import { describe, expect, it } from 'vitest';
import { compileContext, contextHolds, type ContextSpec } from '../../core/match/contextual/index.js';

/** The verdict on the characters between the bars; a second bar pair is not looked at. */
function judge(marked: string, spec: ContextSpec): ReturnType<typeof contextHolds> {
  const start = marked.indexOf('|');
  const end = marked.indexOf('|', start + 1) - 1;
  const text = marked.slice(0, start) + marked.slice(start + 1, end + 1) + marked.slice(end + 2);
  return contextHolds(text, { start: 0, end: text.length }, { start, end }, compileContext(spec));
}
const holds = (marked: string, spec: ContextSpec): boolean => judge(marked, spec).holds;

describe('context of a hit', () => {
  it('asks nothing without cues', () => {
    expect(judge('a lesion of |5| mm', {})).toMatchObject({ holds: true, cue: null, confidence: 0.5 });
  });

  it('counts characters between the near edges, inclusive', () => {
    expect(holds('diameter xx |5|', { before: ['diameter'], within: 4 })).toBe(true);
    expect(holds('diameter xx |5|', { before: ['diameter'], within: 3 })).toBe(false);
    expect(holds('|5| xx wide', { after: ['wide'], within: 4 })).toBe(true);
    expect(holds('|5| xx wide', { after: ['wide'], within: 3 })).toBe(false);
  });

  it('takes the nearest cue and grows surer with it', () => {
    const far = judge('depth of the node |5|', { before: ['depth', 'node'], within: 25 });
    expect(far.cue).toMatchObject({ start: 13, end: 17, distance: 1 });
    expect(far.confidence).toBe(0.74);
    expect(judge('depth |5| mm', { before: ['depth'], after: ['mm'], within: 25 }).confidence).toBe(0.98);
  });

  it('needs one side, or both when told', () => {
    const sides = { before: ['depth'], after: ['mm'], within: 25 };
    expect(holds('depth |5| cm', sides)).toBe(true);
    expect(holds('depth |5| cm', { ...sides, both: true })).toBe(false);
    expect(holds('depth |5| mm', { ...sides, both: true })).toBe(true);
    expect(holds('depth |5| cm', { before: ['depth'], both: true })).toBe(true);
    expect(holds('width |5| cm', { ...sides, optional: true })).toBe(true);
  });

  it('finds cues inside words unless whole words are asked for, and punctuation either way', () => {
    expect(holds('growing |5| faster', { after: ['fast'] })).toBe(true);
    expect(holds('growing |5| faster', { after: ['fast'], wholeWords: true })).toBe(false);
    expect(holds('growing |5|.', { after: ['.'], wholeWords: true })).toBe(true);
    expect(holds('|5|-year-old', { after: ['-year-old'], wholeWords: true })).toBe(true);
  });

  it('lets white space in a cue stand for any, and case not count unless told', () => {
    expect(holds('Right \n heart |5|', { before: ['right heart'] })).toBe(true);
    expect(holds('Right heart |5|', { before: ['right heart'], caseSensitive: true })).toBe(false);
  });

  it('does not leave the sentence', () => {
    const text = 'Depth. It is 5 mm.';
    const hit = { start: 13, end: 14 };
    const context = compileContext({ before: ['depth'] });
    expect(contextHolds(text, { start: 7, end: 18 }, hit, context).holds).toBe(false);
    expect(contextHolds(text, { start: 0, end: 18 }, hit, context).holds).toBe(true);
  });

  it('refuses near an exception: whole tokens, difference of indices, either side', () => {
    const ago = (within: number): ContextSpec => ({ except: { words: ['ago'], within } });
    expect(holds('seen |3| years ago', ago(2))).toBe(false);
    expect(holds('seen |3| years ago', ago(1))).toBe(true);
    expect(holds('ago, |3| years', ago(2))).toBe(false);
    expect(holds('ago, |3| years', ago(1))).toBe(true);
    expect(holds('|3| agonists', ago(9))).toBe(true);
    expect(judge('long time ago |3|', { except: { words: ['time ago'], within: 1 } }).exception).toEqual({
      start: 5,
      end: 13,
    });
    expect(holds('|3| years ago', { optional: true, ...ago(3) })).toBe(false);
  });
});
