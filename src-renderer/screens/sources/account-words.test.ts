import { expect, it } from 'vitest';
import type { Account, Source } from '../../../src-preload/contract/sources.ts';
import { accountChoice, assignEffect } from './account-words.ts';

const api: Account = {
  id: 1,
  name: 'OpenAI',
  kind: 'api',
  provider: 'openai',
  fee: null,
  assumed: false,
  sources: 1,
  records: 10,
  cashNanoUsd: 0,
  equivalentNanoUsd: 0,
};
const plan: Account = { ...api, id: 2, name: 'ChatGPT Plus', kind: 'plan' };
const source: Source = {
  id: 3,
  importer: 'codex',
  label: 'Codex',
  vendor: 'openai',
  kind: 'log',
  accountId: 1,
  account: 'OpenAI',
  evidence: 'recorded',
  records: 1204,
  firstDay: '2026-11-01',
  lastDay: '2026-11-19',
  lastReadAt: null,
  error: null,
  following: null,
  costNanoUsd: 0,
  unpricedRecords: 0,
};

it('says that usage leaves cash when a source moves from a key to a plan, and that a fee is missing', () => {
  const text = assignEffect(source, api, plan).join(' ');
  expect(text).toContain('1,204 records');
  expect(text).toContain('stops being cash');
  expect(text).toContain('no fee yet');
});

it('does not claim a missing fee when there is one', () => {
  const paid: Account = { ...plan, fee: { nanoUsd: 20e9, cycle: 'month', start: '2026-01-01', end: null } };
  expect(assignEffect(source, api, paid).join(' ')).not.toContain('no fee yet');
});

it('tells a key from a plan of the same vendor, without saying it twice', () => {
  expect(accountChoice(api)).toBe('OpenAI, API key');
  expect(accountChoice({ name: 'OpenAI API', kind: 'api' })).toBe('OpenAI API');
  expect(accountChoice({ name: 'Planet', kind: 'plan' })).toBe('Planet, plan');
});

it('says nothing about cash when the kind stays the same', () => {
  const other: Account = { ...api, id: 4, name: 'OpenAI, work' };
  expect(assignEffect(source, api, other).join(' ')).not.toMatch(/becomes cash|stops being cash/);
});

it('says that usage becomes cash when it moves to an account that pays per use', () => {
  expect(assignEffect({ ...source, records: 1 }, plan, api)[0]).toContain('Its 1 record moves');
  expect(assignEffect(source, plan, api).join(' ')).toContain('becomes cash');
});
