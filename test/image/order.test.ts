import { describe, expect, it } from 'vitest';
import { readingOrder } from '../../core/image/readingOrder.js';

const box = (x0: number, y0: number, w: number, h: number) => ({ x0, y0, x1: x0 + w, y1: y0 + h });

describe('reading order', () => {
  it('rows first', () => {
    const boxes = [box(110, 110, 90, 90), box(0, 0, 100, 100), box(0, 110, 100, 90), box(110, 0, 90, 100)];
    expect(readingOrder(boxes, 4)).toEqual([1, 3, 2, 0]);
  });
  it('one tall beside two', () =>
    expect(readingOrder([box(110, 105, 90, 95), box(110, 0, 90, 100), box(0, 0, 100, 200)], 4)).toEqual([2, 1, 0]));
  it('boxes of a row may be off by a few pixels', () =>
    expect(readingOrder([box(110, 0, 90, 100), box(0, 3, 100, 100)], 4)).toEqual([1, 0]));
  it('rows that overlap by less than the tolerance are rows', () =>
    expect(readingOrder([box(0, 98, 100, 100), box(50, 0, 100, 100)], 4)).toEqual([1, 0]));
  it('a pinwheel still has an order, with every box once', () => {
    const wheel = [
      box(0, 0, 120, 80),
      box(120, 0, 80, 120),
      box(80, 120, 120, 80),
      box(0, 80, 80, 120),
      box(80, 80, 40, 40),
    ];
    expect([...readingOrder(wheel, 2)].sort()).toEqual([0, 1, 2, 3, 4]);
  });
  it('nothing, and one', () => {
    expect(readingOrder([], 2)).toEqual([]);
    expect(readingOrder([box(0, 0, 5, 5)], 2)).toEqual([0]);
  });
});
