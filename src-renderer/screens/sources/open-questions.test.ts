import { expect, it } from 'vitest';
import type { Account, Source } from '../../../src-preload/contract/sources.ts';
import { openQuestions, shownQuestions } from './open-questions.ts';

const account = (id: number, facts: Partial<Account> = {}): Account => ({
  ...{ id, name: `Tool ${id}`, kind: 'api', provider: 'openai', fee: null, assumed: true },
  ...{ sources: 1, records: 10, cashNanoUsd: 0, equivalentNanoUsd: 0 },
  ...facts,
});
const source = (accountId: number, kind: Source['kind'] = 'log'): Source => ({
  ...{ id: accountId, importer: 'codex', label: 'Codex', vendor: 'openai', kind, accountId },
  ...{ account: `Tool ${accountId}`, evidence: 'recorded', records: 1, firstDay: null, lastDay: null },
  ...{ lastReadAt: null, error: null, following: null, costNanoUsd: 0, unpricedRecords: 0 },
});

it('asks of accounts with a log whose kind was assumed, and never of what runs on this machine', () => {
  const accounts = [account(1), account(2, { assumed: false }), account(3, { kind: 'local' }), account(4)];
  const sources = [source(1), source(2), source(3), source(4, 'table')];
  expect(openQuestions(accounts, sources).map(({ id }) => id)).toEqual([1]);
});

it('shows the first three of many until all are wanted', () => {
  const ten = Array.from({ length: 10 }, (_, index) => account(index + 1));
  expect(shownQuestions(ten, false)).toEqual({ shown: ten.slice(0, 3), more: 7 });
  expect(shownQuestions(ten, true)).toEqual({ shown: ten, more: 0 });
  expect(shownQuestions(ten.slice(0, 4), false)).toEqual({ shown: ten.slice(0, 4), more: 0 });
});
