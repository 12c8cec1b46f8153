import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Area, restoredState, smallest } from './window-state.ts';

const screen: Area = { x: 0, y: 0, width: 1920, height: 1040 };
const second: Area = { x: 1920, y: 0, width: 1280, height: 984 };
const saved = (bounds: Area, isMaximized = false) => ({ bounds, isMaximized });

describe('the window opens', () => {
  it('where it was, on the second screen as well', () => {
    const state = saved({ x: 2000, y: 100, width: 1000, height: 700 }, true);
    expect(restoredState(state, [screen, second])).toEqual(state);
  });

  it('on a screen that is there when the one it was on is gone', () => {
    const { bounds } = restoredState(saved({ x: 2000, y: 100, width: 1000, height: 700 }), [screen]);
    expect(bounds).toEqual({ width: 1000, height: 700 });
  });

  it('no larger than its screen', () => {
    const { bounds } = restoredState(saved({ x: 0, y: 0, width: 3000, height: 2000 }), [screen]);
    expect(bounds).toEqual(screen);
  });

  it.each([undefined, null, 'x', {}, { bounds: { x: 1 } }, { bounds: screen }])(
    'at its usual size for %j',
    (state) => {
      expect(restoredState(state, [screen])).toEqual({
        bounds: { width: 1280, height: 800 },
        isMaximized: false,
      });
    },
  );

  it('always where its title bar can be reached', () => {
    const position = fc.integer({ min: -5000, max: 5000 });
    const length = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(fc.record({ x: position, y: position, width: length, height: length }), (bounds) => {
        const { x, y, width, height } = restoredState(saved(bounds), [screen]).bounds;
        expect(width).toBeGreaterThanOrEqual(smallest.width);
        expect(height).toBeLessThanOrEqual(screen.height);
        if (x === undefined || y === undefined) return;
        expect(x + width).toBeGreaterThan(100);
        expect(x).toBeLessThan(screen.width - 100);
        expect(y).toBeGreaterThanOrEqual(-8);
        expect(y).toBeLessThanOrEqual(screen.height - 40);
      }),
    );
  });
});
