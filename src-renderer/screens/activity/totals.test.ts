import { expect, it } from 'vitest';
import { notCounted } from './totals.ts';

it('is what is left of the records after those that count, whatever their evidence', () => {
  expect(notCounted({ records: 20, evidence: { billed: 9, metered: 1, recorded: 6, estimated: 1 } })).toBe(3);
  expect(notCounted({ records: 4, evidence: { billed: 0, metered: 0, recorded: 4, estimated: 0 } })).toBe(0);
});
