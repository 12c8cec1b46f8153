import { expect, it } from 'vitest';
import type { AuditEntry } from '../../../src-preload/contract/vault.ts';
import { actionOf, actorOf, changeOf } from './words.ts';

const entry = (details: AuditEntry['details'], action = 'account.changed'): AuditEntry => ({
  ...{ id: 1, at: 0, actor: 'electron', subject: 'x', action },
  details,
});

it('says what was changed, and only that', () => {
  expect(changeOf(entry({ from: 'system', to: 'dark' }))).toBe('system → dark');
  const from = { name: 'Work', kind: 'api', fee: null };
  expect(changeOf(entry({ from, to: { ...from, name: 'Home' } }))).toBe('name: Work → Home');
  expect(changeOf(entry({ from, to: { ...from, fee: { nanoUsd: 5 } } }))).toBe('fee: none → {"nanoUsd":5}');
  expect(changeOf(entry({ from: null, to: { name: 'Work', fee: null, provider: '' } }))).toBe('name: Work');
  expect(changeOf(entry({ from: { id: 1, input: '1' }, to: { input: '2' } }))).toBe('input: 1 → 2');
  expect(changeOf(entry({ from: { name: 'Work' } }))).toBe('name: Work');
  expect(changeOf(entry({ from: [1], to: [1, 2] }))).toBe('[1] → [1,2]');
  expect(changeOf(entry({ keys: 3 }))).toBe('keys: 3');
  const added = {
    provider: 'openai',
    accountId: 1,
    baseUrl: null,
    isLocal: true,
    fields: '{}',
    requestsPerMinute: 5,
  };
  expect(changeOf(entry(added))).toBe(
    'provider: openai, account no.: 1, on own network: yes, requests per minute: 5',
  );
  expect(changeOf(entry({}))).toBe('');
});

it('shows an action and a host of a later version as they were written', () => {
  expect(actionOf(entry({}))).toBe('Account changed');
  expect(actionOf(entry({}, 'budget.saved'))).toBe('budget.saved');
  expect(actorOf(entry({}))).toBe('app');
  expect(actorOf({ ...entry({}), actor: 'plugin' })).toBe('plugin');
});
