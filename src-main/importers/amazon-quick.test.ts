import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { foldRecords, readEntries, recordsOf } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { amazonQuick } from './amazon-quick.ts';

conforms(amazonQuick, {
  'amazon_quick_metrics.jsonl': {
    accepted: 2,
    requests: 2,
    usd: '0.0255',
    cashUsd: '0',
    tokens: { input: 6000, output: 500 },
  },
});

const metric = (more: object = {}) => ({
  _aws: { Timestamp: 1_782_900_005_000 },
  Model: 'claude-sonnet-4-6',
  InputTokens: 5,
  OutputTokens: 4,
  ...more,
});
function read(...entries: readonly object[]) {
  using dir = tempDir();
  return recordsOf(readEntries(amazonQuick, dir.path, entries, 'metrics-2026-07-01.jsonl').lines);
}

describe('a metric', () => {
  it('without a cost is left to be priced, and a cost is taken to the last digit', () => {
    expect(read(metric())[0]).not.toHaveProperty('amount');
    expect(read(metric({ CostUSD: 0 }))[0]).not.toHaveProperty('amount');
    expect(read(metric({ CostUSD: 1.2e-7 }))[0]?.amount).toEqual({ value: '0.00000012', currency: 'USD' });
  });

  it('written twice counts once; at another time it is another call', () => {
    const later = metric({ _aws: { Timestamp: 1_782_900_006_000 } });
    expect(foldRecords(amazonQuick, read(metric(), metric(), later))).toHaveLength(2);
  });

  it('lies in a file a day', () => {
    expect(amazonQuick.locations({ platform: 'linux', home: '/h', env: {} })[0]?.path).toBe(
      '/h/.quickwork/metrics',
    );
    expect(amazonQuick.fileKind('metrics-2026-07-01.jsonl')).toBe('lines');
    expect(amazonQuick.fileKind('metrics.jsonl')).toBeNull();
  });
});
