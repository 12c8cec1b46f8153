import { expect, test } from 'vitest';
import { AppError } from '../../platform/error.ts';
import { errorWithoutKeys, withoutKeys } from './without-keys.ts';

const key = ['fake', 'key', 'a+b/c', '0001'].join('=');

test('a key is taken out of texts at any depth and in any spelling, and nothing else is touched', () => {
  const value = {
    at: 5,
    ok: true,
    none: null,
    message: `refused ${key}`,
    list: [encodeURIComponent(key), 'fine'],
  };
  expect(withoutKeys(value, [key])).toEqual({
    ...{ at: 5, ok: true, none: null, message: 'refused [redacted]', list: ['[redacted]', 'fine'] },
  });
  expect(withoutKeys(value, [])).toBe(value);
});

test('an error keeps its code and what it says of retrying', () => {
  const cause = new Error('below');
  const data = { retryAfterMs: 5, requestId: `req-${encodeURIComponent(key)}` };
  const error = new AppError('INVALID_KEY', `Incorrect key: ${key}`, { data, cause });
  expect(errorWithoutKeys(error, [key])).toMatchObject({
    ...{ code: 'INVALID_KEY', message: 'Incorrect key: [redacted]', cause },
    data: { retryAfterMs: 5, requestId: 'req-[redacted]' },
  });
  expect(errorWithoutKeys(cause, [key])).toBe(cause);
});
