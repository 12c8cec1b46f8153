import { expect, it } from 'vitest';
import { readRateDraft } from './rate-draft.ts';

const draft = { currency: ' eur', usdPerUnit: '1.08 ', from: '2026-11-01' };

it('reads a rate as typed in any case', () => {
  expect(readRateDraft(draft)).toEqual({
    value: { currency: 'EUR', usdPerUnit: '1.08', from: '2026-11-01' },
  });
});

it.each([
  [{ usdPerUnit: '1,08' }, 'usdPerUnit'],
  [{ usdPerUnit: '0.000' }, 'usdPerUnit'],
  [{ currency: 'EURO' }, 'currency'],
  [{ currency: 'usd' }, 'currency'],
  [{ from: '2026-13-01' }, 'from'],
])(
  'refuses %j at its field: a zero rate would divide by nothing, a comma could be a thousands mark',
  (change, field) => {
    const read = readRateDraft({ ...draft, ...change });
    expect('problems' in read && Object.keys(read.problems)).toEqual([field]);
  },
);
