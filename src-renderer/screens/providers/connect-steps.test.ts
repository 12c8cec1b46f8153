import { expect, it } from 'vitest';
import { afterKey, endOf, firstStep, keysOf, toggled } from './connect-steps.ts';
import type { SyncOutcome } from './use-first-syncs.ts';

it('goes through the chosen vendors one by one and then reads those that were saved', () => {
  const chosen = toggled(toggled(toggled([], 'a'), 'b'), 'c');
  let step = keysOf(toggled(chosen, 'b'));
  expect(step).toMatchObject({ queue: ['a', 'c'], at: 0 });
  step = afterKey(step, 7);
  expect(step).toMatchObject({ kind: 'key', at: 1, saved: [7] });
  expect(afterKey(step, 8)).toEqual({ kind: 'sync', saved: [7, 8] });
  expect(afterKey(step, null)).toEqual({ kind: 'sync', saved: [7] });
});

it('ends where nothing was chosen or every key was skipped', () => {
  expect(keysOf([])).toEqual({ kind: 'end' });
  expect(afterKey(firstStep('a'), null)).toEqual({ kind: 'end' });
});

it('opens at the key of a vendor that was chosen before', () => {
  expect(firstStep('a')).toMatchObject({ kind: 'key', queue: ['a'] });
  expect(firstStep('pick')).toEqual({ kind: 'pick', chosen: [] });
});

it('leads to the overview unless nothing at all could be read', () => {
  const result = {
    ...{ connectionId: 1, connection: 'A', provider: 'a', report: 'costs' },
    ...{ accepted: 0, updated: 0, duplicate: 0, refused: 0, withdrawn: 0, error: null, ms: 1 },
  };
  const bad: SyncOutcome = { kind: 'done', results: [{ ...result, state: 'failed' }] };
  const half: SyncOutcome = { kind: 'done', results: [...bad.results, { ...result, state: 'ok' }] };
  const nothingToRead: SyncOutcome = { kind: 'done', results: [] };
  const end = (...outcomes: SyncOutcome[]) =>
    endOf([0, 1].slice(0, outcomes.length), new Map(outcomes.entries()));
  expect(endOf([0, 1], new Map([[0, bad]]))).toBe('reading');
  expect(end(bad, { kind: 'failed', message: 'No.' })).toBe('failed');
  expect(end(bad, half)).toBe('done');
  expect(end(half)).toBe('done');
  expect(end(nothingToRead)).toBe('done');
});
