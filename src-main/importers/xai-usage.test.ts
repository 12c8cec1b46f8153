import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { readLog, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { expectedTotals } from '../testing/read-table.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { xaiUsage } from './xai-usage.ts';

conforms(xaiUsage, {
  'xai_billing_usage.json': {
    accepted: 2,
    skipped: 1,
    requests: 0,
    usd: expectedTotals['xai_billing_usage.json']?.total_usd,
  },
});

const dir = tempDir();
afterAll(() => dir[Symbol.dispose]());

function read(answer: object) {
  const path = join(dir.path, 'usage.json');
  writeFileSync(path, JSON.stringify(answer));
  return readLog(xaiUsage, path, { kind: 'document' }).lines;
}

const series = (point: object, group: readonly string[] = []) => ({
  timeSeries: [{ group, dataPoints: [{ timestamp: '2026-07-01T00:00:00Z', values: [1.25], ...point }] }],
});

describe('xai-usage', () => {
  it('finds the model in a group, and keeps a grouped answer apart from a plain one', () => {
    expect(recordsOf(read(series({}, ['Chat grok-4-0709'])))[0]).toMatchObject({
      model: 'grok-4-0709',
      cut: 'by description',
      amount: { value: '1.25', currency: 'USD' },
    });
    expect(recordsOf(read(series({})))[0]).toMatchObject({ model: null, cut: 'as a whole' });
  });

  it('says when xAI left groups out', () => {
    expect(reasonsOf(read({ ...series({}), limitReached: true }))).toEqual([
      'limitReached: xAI left groups out of this answer; ask for fewer days or another group',
    ]);
  });

  it('refuses days of another zone, several values and what is no amount', () => {
    const bad = [{ timestamp: '2026-07-01T07:00:00Z' }, { values: [1, 2] }, { values: [-1] }, { values: [] }];
    expect(bad.flatMap((point) => reasonsOf(read(series(point))))).toEqual([
      'the time is no UTC day: ask for TIME_UNIT_DAY and timezone Etc/GMT',
      'more than one value per day: ask for usd alone',
      'usd "-1" is negative',
      'the day has no value',
    ]);
  });
});
