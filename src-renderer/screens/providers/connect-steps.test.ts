import { expect, it } from 'vitest';
import { afterKey, firstStep, keysOf, toggled } from './connect-steps.ts';

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
