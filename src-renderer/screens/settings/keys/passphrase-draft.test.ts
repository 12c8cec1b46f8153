import { expect, it } from 'vitest';
import { emptyDraft, errorsOf } from './passphrase-draft.ts';

const good = { current: 'the one before', next: 'several plain words', again: 'several plain words' };

it('takes a passphrase typed twice the same, and asks for the one before only where it is needed', () => {
  expect(errorsOf(good, true)).toEqual({});
  expect(errorsOf({ ...good, current: '' }, false)).toEqual({});
  expect(Object.keys(errorsOf({ ...good, current: '' }, true))).toEqual(['current']);
});

it('says which field is wrong', () => {
  expect(Object.keys(errorsOf(emptyDraft, false))).toEqual(['next']);
  expect(Object.keys(errorsOf({ ...good, again: 'several plain word' }, false))).toEqual(['again']);
  expect(Object.keys(errorsOf({ current: '', next: 'short', again: 'shorT' }, true))).toEqual([
    ...['current', 'next', 'again'],
  ]);
});
