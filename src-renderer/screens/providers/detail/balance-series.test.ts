import { describe, expect, it } from 'vitest';
import { seriesOf, thinned } from './balance-series.ts';

const reading = (at: number, available: string, currency = 'USD') => ({
  ...{ at, available, currency, nanoUsd: null, parts: [] },
});
const change = (to: number, amount: string, kind: 'spend' | 'top-up', currency = 'USD') => ({
  ...{ from: to - 1, to, amount, kind, currency },
});

describe('seriesOf', () => {
  it('never adds up two currencies', () => {
    const [usd, cny] = seriesOf({
      series: [reading(2, '9'), reading(1, '10'), reading(2, '70', 'CNY')],
      changes: [change(2, '0.1', 'spend'), change(3, '0.2', 'spend'), change(4, '5', 'spend', 'CNY')],
    });
    expect(usd).toMatchObject({ currency: 'USD', spent: '0.3', toppedUp: '0' });
    expect(cny).toMatchObject({ currency: 'CNY', spent: '5' });
    expect(usd?.readings.map(({ at }) => at)).toEqual([1, 2]);
  });

  it('keeps top-ups apart from spend, newest first', () => {
    const [usd] = seriesOf({
      series: [reading(1, '1')],
      changes: [change(2, '-0.5', 'spend'), change(5, '20.00', 'top-up'), change(3, '-0.5', 'spend')],
    });
    expect(usd).toMatchObject({ spent: '1.0', toppedUp: '20.00' });
    expect(usd?.changes.map(({ to }) => to)).toEqual([5, 3, 2]);
  });
});

describe('thinned', () => {
  it('draws a balance that stood still as two points', () => {
    const still = Array.from({ length: 900 }, (_, at) => reading(at, '5'));
    expect(thinned(still).map(({ at }) => at)).toEqual([0, 899]);
  });

  it('keeps both ends of a long series', () => {
    const falling = Array.from({ length: 5000 }, (_, at) => reading(at, String(5000 - at)));
    const points = thinned(falling);
    expect(points).toHaveLength(400);
    expect([points[0]?.at, points.at(-1)?.at]).toEqual([0, 4999]);
  });
});
