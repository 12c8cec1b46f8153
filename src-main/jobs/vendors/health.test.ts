import { expect, test } from 'vitest';
import type { Timers } from '../../platform/ports.ts';
import type { RequestRow } from '../../store/vendor-requests.ts';
import { hoursOf, lastOutage, latencyOf } from './health.ts';
import { createRequestLog } from './request-log.ts';

const row = (at: number, outcome: string, ms = 10): RequestRow => ({
  ...{ connection_id: 1, provider: 'made-up', purpose: 'sync', at, ms, outcome },
});

test('how fast a vendor is is told by what it answered: errors that come at once do not make it fast', () => {
  const times = Array.from({ length: 20 }, (_, i) => row(i, 'ok', 100 * (i + 1)));
  const errors = [row(21, 'OVERLOADED', 1), row(22, 'NETWORK', 1), row(23, 'NETWORK', 1)];
  expect(latencyOf([...times, ...errors])).toEqual({
    requests: 23,
    errors: { OVERLOADED: 1, NETWORK: 2 },
    p50Ms: 1000,
    p95Ms: 1900,
  });
  expect(latencyOf([])).toEqual({ requests: 0, errors: {}, p50Ms: null, p95Ms: null });
});

test('an outage lasts from the first of its failures to the answer that ended it; one failure is none', () => {
  const outcomes = (...all: readonly string[]) => lastOutage(all.map((outcome, at) => row(at, outcome)));
  expect(outcomes('ok', 'NETWORK', 'ok')).toBeNull();
  expect(outcomes('ok', 'NETWORK', 'OVERLOADED', 'ok', 'NETWORK', 'ok')).toEqual({
    ...{ from: 1, to: 3, code: 'OVERLOADED' },
  });
  expect(outcomes('NETWORK', 'NETWORK', 'ok', 'OVERLOADED', 'OVERLOADED')).toEqual({
    ...{ from: 3, to: null, code: 'OVERLOADED' },
  });
  // A vendor that refuses the key answers: it is up.
  expect(outcomes('INVALID_KEY', 'INVALID_KEY', 'INVALID_KEY')).toBeNull();
});

test('every hour of the span is there, also those in which nothing was asked', () => {
  const hour = 3_600_000;
  expect(hoursOf([row(hour, 'ok'), row(hour + 5, 'NETWORK')], 0, 2 * hour)).toEqual([
    { at: 0, requests: 0, failed: 0 },
    { at: hour, requests: 2, failed: 1 },
    { at: 2 * hour, requests: 0, failed: 0 },
  ]);
});

test('requests are written in batches, at once when there are many, and failing to write them fails nothing', async () => {
  const due: (() => void)[] = [];
  const timers: Timers = {
    after: (_ms, callback) => {
      due.push(callback);
      return () => undefined;
    },
    every: () => () => undefined,
  };
  const batches: number[] = [];
  const log = createRequestLog(timers, async (rows) => {
    batches.push(rows.length);
    if (batches.length === 1) throw new Error('the disk is full');
  });
  for (let i = 0; i < 100; i++) log.note(row(i, 'ok'));
  expect(batches).toEqual([100]);
  log.note(row(1, 'ok'));
  log.note(row(2, 'ok'));
  due.at(-1)?.();
  await log.flush();
  expect(batches).toEqual([100, 2]);
});
