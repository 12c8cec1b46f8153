import { expect, it } from 'vitest';
import { connectionOf, reportOf } from '../../ui/connection.fixture.ts';
import { nextWords, payerWords } from './row-words.ts';

const secret = {
  field: 'apiKey',
  endsWith: 'wxyz',
  origin: 'https://a.example.com',
  savedAt: 0,
  isSessionOnly: false,
};

it('does not say a name twice', () => {
  const connection = connectionOf({ name: 'Acme', account: 'Acme', secrets: [secret] });
  expect(payerWords(connection, 'Acme')).toBe('key …wxyz');
  expect(payerWords({ ...connection, secrets: [] }, 'Acme')).toBe('no key');
  expect(payerWords({ ...connection, account: 'Acme, work' }, 'Acme')).toBe('for Acme, work');
});

it('says why nothing is due', () => {
  expect(nextWords(connectionOf(), false, '10:40')).toBe('next 10:40');
  expect(nextWords(connectionOf(), true, '10:40')).toBe('paused');
  expect(nextWords(connectionOf({ paused: true }), false, null)).toBe('paused');
  expect(nextWords(connectionOf(), false, null)).toBe('not due');
  const shared = connectionOf({ reports: [reportOf({ nextAt: null, readBy: 'Acme, old' })] });
  expect(nextWords(shared, false, null)).toBe('read by Acme, old');
});
