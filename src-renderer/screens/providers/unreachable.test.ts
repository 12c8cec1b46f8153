import { expect, it } from 'vitest';
import { connectionOf, reportOf } from '../../ui/connection.fixture.ts';
import { unreachable } from './unreachable.ts';

const failing = (id: number, code: 'NETWORK' | 'INVALID_KEY', isLocal = false) =>
  connectionOf({
    ...{ id, isLocal, provider: id === 1 ? 'one' : 'other' },
    reports: [reportOf({ error: { code, message: `${code} of ${id}` } })],
  });

it('tells together of vendors that cannot be reached, and of nothing else', () => {
  const others = [failing(3, 'INVALID_KEY'), failing(4, 'NETWORK', true), connectionOf({ id: 5 })];
  expect([...unreachable([failing(1, 'NETWORK'), failing(2, 'NETWORK'), ...others])]).toEqual([1, 2]);
  expect([...unreachable([failing(1, 'NETWORK'), ...others])]).toEqual([]);
  // Two keys of one vendor: it is the vendor.
  expect([...unreachable([failing(6, 'NETWORK'), failing(7, 'NETWORK')])]).toEqual([]);
});
