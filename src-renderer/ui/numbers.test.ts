import { describe, expect, it } from 'vitest';
import { allTokens, formatBytes, formatCompact, formatLimit, formatPercent, plural } from './numbers.ts';

describe('numbers', () => {
  it('keeps small counts exact and shortens large ones', () => {
    expect([0, 999, 1000, 41_203_117].map(formatCompact)).toEqual(['0', '999', '1.0K', '41.2M']);
  });

  it('leaves the zero of round limits out', () => {
    expect([8191, 131_072, 200_000, 1_000_000].map(formatLimit)).toEqual(['8.2K', '131.1K', '200K', '1M']);
  });

  it('counts each token once: reasoning is already in output', () => {
    const tokens = {
      input: 1,
      cacheRead: 2,
      cacheWrite5m: 4,
      cacheWrite1h: 8,
      cacheWriteUnknown: 16,
      output: 32,
      reasoning: 30,
    };
    expect(allTokens(tokens)).toBe(63);
  });

  it('never rounds a part to nothing or to all', () => {
    expect(formatPercent(1, 100_000)).toBe('<0.1\u00a0%');
    expect(formatPercent(99_999, 100_000)).toBe('99.9\u00a0%');
    expect(formatPercent(999, 1000, 0)).toBe('99\u00a0%');
    expect(formatPercent(1, 1)).toBe('100\u00a0%');
    expect(formatPercent(1, 0)).toBe('–');
    expect(formatPercent(-165, 1000)).toBe('−16.5\u00a0%');
    expect(formatPercent(435_029, 1000)).toBe('43,502.9\u00a0%');
  });

  it('writes file sizes in decimal units', () => {
    expect([812, 14_000_000, 2_100_000_000, 999_999].map(formatBytes)).toEqual([
      '812 B',
      '14 MB',
      '2.1 GB',
      '1.0 MB',
    ]);
  });

  it('agrees in number', () => {
    expect([plural(1, 'record'), plural(1204, 'record'), plural(2, 'entry', 'entries')]).toEqual([
      '1 record',
      '1,204 records',
      '2 entries',
    ]);
  });
});
