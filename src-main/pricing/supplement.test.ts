import { describe, expect, it } from 'vitest';
import { readPriceSupplement } from '../testing/price-book.ts';
import { covers } from './covers.ts';
import { readSupplement } from './supplement.ts';

const content = readPriceSupplement() as Record<string, unknown>;

describe('the price supplement', () => {
  it('is read whole, and says of every row where it comes from and when that was checked', () => {
    const supplement = readSupplement(content);
    const rows = [...supplement.free, ...supplement.models, ...supplement.derived, ...supplement.factors];
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => row.checked > supplement.date)).toEqual([]);
  });

  it.each([
    [
      'a factor that is no number',
      {
        factors: [
          {
            provider: 'a',
            models: ['*'],
            mode: { speed: 'fast' },
            times: { input: '2x' },
            source: 's',
            checked: '2026-01-01',
            confidence: 'documented',
          },
        ],
      },
    ],
    [
      'a row without a source',
      { free: [{ provider: 'a', models: ['*'], checked: '2026-01-01', confidence: 'documented' }] },
    ],
    ['a later layout', { spec: 2 }],
  ])('is refused with %s', (_name, change) => {
    expect(() => readSupplement({ ...content, ...change })).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
  });

  it('reads a star in a model as any text and everything else literally', () => {
    const [row] = readSupplement({
      ...content,
      free: [
        { provider: 'a', models: ['x.1*'], source: 's', checked: '2026-01-01', confidence: 'documented' },
      ],
    }).free;
    expect(
      row && [
        covers(row, 'a', 'x.1-mini'),
        covers(row, 'a', 'X.1'),
        covers(row, 'a', 'xy1'),
        covers(row, 'b', 'x.1'),
      ],
    ).toEqual([true, true, false, false]);
  });
});
