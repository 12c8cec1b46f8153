import fc from 'fast-check';
import { expect, it } from 'vitest';
import { axisStep, insideX, labelledEvery } from './bars.ts';

it('chooses round steps that reach the largest bar in at most five', () => {
  expect([21.87, 25, 0.004, 1, 900].map((largest) => axisStep(largest, 5))).toEqual([5, 5, 0.001, 0.2, 200]);
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1e15, noNaN: true }), (largest) => {
      expect(axisStep(largest, 5) * 5).toBeGreaterThanOrEqual(largest * (1 - 1e-6));
    }),
  );
});

it('thins labels out before they touch', () => {
  expect(labelledEvery(20, 640, 26)).toBe(1);
  expect(labelledEvery(62, 640, 26)).toBe(3);
});

it('keeps the label of the last bar inside the picture: a week is named wider than its bar', () => {
  expect(insideX(630, 40, 640)).toBe(620);
  expect(insideX(6, 40, 640)).toBe(20);
  expect(insideX(300, 40, 640)).toBe(300);
});
