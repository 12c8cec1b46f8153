import { describe, expect, it } from 'vitest';
import { groupBy, parseLayout, sortGroupsBy, sortRecords } from './sorting.ts';

const parse = (query: string) => parseLayout(new URLSearchParams(query));

describe('the layout in the hash', () => {
  it('starts with the newest records and ignores what it does not know', () => {
    const start = { by: 'none', sort: 'at', groupSort: 'cost', order: 'desc' };
    expect(parse('')).toEqual(start);
    expect(parse('by=mood&sort=luck&order=up')).toEqual(start);
  });

  it('lists days in their order and other groups by money', () => {
    expect(parse('by=day').groupSort).toBe('name');
    expect(parse('by=model').groupSort).toBe('cost');
  });

  it('comes back from the parameters it asks for', () => {
    const query = (changes: Record<string, string | null>) =>
      new URLSearchParams(
        Object.entries(changes).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
      );
    expect(parseLayout(query(sortRecords(parse(''), 'model')))).toMatchObject({
      sort: 'model',
      order: 'asc',
    });
    expect(parseLayout(query(sortRecords(parse('sort=model&order=asc'), 'model')))).toMatchObject({
      order: 'desc',
    });
    expect(parseLayout(query(groupBy('session')))).toMatchObject({ by: 'session', groupSort: 'cost' });
    expect(sortGroupsBy(parse('by=model'), 'cost')).toEqual({ sort: 'cost', order: 'asc' });
  });
});
