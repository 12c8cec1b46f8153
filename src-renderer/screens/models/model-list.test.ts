import { describe, expect, it } from 'vitest';
import { modelOf, priceOf } from '../../ui/model.fixture.ts';
import { countShows, type ModelQuery, matching, nextSort, sorted } from './model-list.ts';

const everything: ModelQuery = { search: '', providers: [], connectionId: null, show: 'all' };
const models = [
  modelOf({ id: 'b-10', price: priceOf({ input: '10' }), contextTokens: null }),
  modelOf({ id: 'b-9', price: priceOf({ input: '9.5' }), contextTokens: 8000 }),
  modelOf({ id: 'c', provider: 'other', providerLabel: 'Other', price: null, retiresAt: 5000 }),
  modelOf({ id: 'd', connectionId: 2, vendorPrice: priceOf({ input: '2' }) }),
];
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

describe('matching', () => {
  it('wants every word, wherever it stands', () => {
    expect(ids(matching(models, { ...everything, search: 'OTHER c' }))).toEqual(['c']);
    expect(matching(models, { ...everything, search: 'other b' })).toEqual([]);
  });

  it('narrows down by provider, connection and what is amiss', () => {
    expect(ids(matching(models, { ...everything, providers: ['other'] }))).toEqual(['c']);
    expect(ids(matching(models, { ...everything, connectionId: 2 }))).toEqual(['d']);
    expect(ids(matching(models, { ...everything, show: 'unpriced' }))).toEqual(['c']);
    expect(ids(matching(models, { ...everything, show: 'differs' }))).toEqual(['d']);
    expect(countShows(models)).toEqual({ all: 4, unpriced: 1, differs: 1, retiring: 1 });
  });
});

describe('sorted', () => {
  it('sorts prices as numbers, and puts unknown ones last both ways', () => {
    expect(ids(sorted(models, { key: 'input', order: 'asc' }))).toEqual(['d', 'b-9', 'b-10', 'c']);
    expect(ids(sorted(models, { key: 'input', order: 'desc' }))).toEqual(['b-10', 'b-9', 'd', 'c']);
    expect(ids(sorted(models, { key: 'context', order: 'desc' })).at(-1)).toBe('b-10');
  });

  it('sorts names as people count', () => {
    expect(ids(sorted(models, { key: 'model', order: 'asc' }))).toEqual(['b-9', 'b-10', 'c', 'd']);
  });

  it('turns round on the second click', () => {
    const first = nextSort({ key: 'model', order: 'asc' }, 'context');
    expect(first).toEqual({ key: 'context', order: 'desc' });
    expect(nextSort(first, 'context').order).toBe('asc');
  });
});
