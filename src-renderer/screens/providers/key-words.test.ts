import { expect, it } from 'vitest';
import { connectionOf, reportOf } from '../../ui/connection.fixture.ts';
import { triedAt } from './key-words.ts';

const words = (at: number) => `at ${at}`;

it('says of keys that read something that they worked, whether or not they were tested', () => {
  const read = [reportOf({ lastSuccessAt: 20 })];
  expect(triedAt(connectionOf({ testedAt: null, reports: [] }), words)).toBe('not tested yet');
  expect(triedAt(connectionOf({ testedAt: 10, reports: [] }), words)).toBe('tested at 10');
  expect(triedAt(connectionOf({ testedAt: null, reports: read }), words)).toBe('worked at 20');
  expect(triedAt(connectionOf({ testedAt: 10, reports: read }), words)).toBe('worked at 20');
  expect(triedAt(connectionOf({ testedAt: 30, reports: read }), words)).toBe('tested at 30');
});
