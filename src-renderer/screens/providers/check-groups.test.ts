import { expect, it } from 'vitest';
import type { ConnectionCheck } from '../../../src-preload/contract/connections.ts';
import { checkGroups, checkSummary } from './check-groups.ts';

const check = (
  capability: ConnectionCheck['capability'],
  state: ConnectionCheck['state'],
  message = 'm',
) => ({
  ...{ capability, state, message },
});

it('says what was answered alike once, and keeps apart what was not', () => {
  const checks = [
    check('calls', 'failed', 'Refused.'),
    check('models', 'failed', 'Refused.'),
    check('costs', 'ok', 'Read.'),
    check('balance', 'unknown', 'Refused.'),
  ];
  expect(checkGroups(checks).map(({ label, state }) => [label, state])).toEqual([
    ['Calls and models', 'failed'],
    ['Bill and usage', 'ok'],
    ['Balance', 'unknown'],
  ]);
});

it('does not say that it works where nothing was found out', () => {
  expect(checkSummary([check('calls', 'unknown')])).toBe('Nothing was found out');
  expect(checkSummary([check('calls', 'ok'), check('costs', 'unknown')])).toBe('It works');
  expect(checkSummary([check('calls', 'ok'), check('costs', 'failed')])).toBe('1 of 2 failed');
  expect(checkSummary([check('calls', 'failed')])).toBe('Nothing works');
});
