import { expect, it } from 'vitest';
import type { Health } from '../../../src-preload/contract/connections.ts';
import { worstFirst } from './health-order.ts';

const latency = (requests: number, failed: number) => ({
  ...{ requests, errors: { NETWORK: failed }, p50Ms: null, p95Ms: null },
});
const health = (label: string, given: Partial<Health> = {}): Health => ({
  ...{
    provider: label,
    label,
    sync: latency(100, 0),
    calls: latency(0, 0),
    lastOutage: null,
    hours: [],
    breakers: [],
  },
  ...given,
});

it('puts what is held back before what is out, and that before mere errors; the well ones by name', () => {
  const held = { connectionId: 1, name: 'x', state: 'open', until: null } as const;
  const order = worstFirst([
    health('well b'),
    health('well a'),
    health('errors', { sync: latency(10, 9) }),
    health('over', { lastOutage: { from: 1, to: 2, code: 'NETWORK' } }),
    health('out', { lastOutage: { from: 1, to: null, code: 'NETWORK' } }),
    health('held', { breakers: [held] }),
  ]).map(({ label }) => label);
  expect(order).toEqual(['held', 'out', 'errors', 'over', 'well a', 'well b']);
});
