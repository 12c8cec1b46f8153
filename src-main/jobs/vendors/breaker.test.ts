import { expect, it } from 'vitest';
import type { ErrorCode } from '../../../src-preload/contract/errors.ts';
import { AppError } from '../../platform/error.ts';
import { createBreaker } from './breaker.ts';

async function afterFive(code: ErrorCode): Promise<unknown> {
  const breaker = createBreaker({ clock: { now: () => 1_000 }, name: 'Acme', changed: () => undefined });
  const fail = () => Promise.reject(new AppError(code, `It was ${code}.`));
  for (let i = 0; i < 5; i++) await breaker.run(fail).catch(() => undefined);
  return breaker.run(() => Promise.resolve('never asked')).catch((error: unknown) => error);
}

it('tells an offline machine from a vendor in trouble while it lets either rest', async () => {
  const data = { retryAfterMs: 30_000, isResting: true };
  expect(await afterFive('NETWORK')).toMatchObject({ code: 'NETWORK', data });
  expect(await afterFive('BAD_RESPONSE')).toMatchObject({ code: 'OVERLOADED', data });
  expect(String(await afterFive('NETWORK'))).toContain('The last failure: It was NETWORK.');
  expect(await afterFive('INVALID_KEY')).toBe('never asked');
});
