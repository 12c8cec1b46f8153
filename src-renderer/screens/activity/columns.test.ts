import { describe, expect, it } from 'vitest';
import { cacheTokens, columns, columnsFor, gridTemplate, nextSort } from './columns.ts';

describe('columnsFor', () => {
  it('shows everything on a wide window and drops source, account and cache in that order', () => {
    expect(columnsFor(2000)).toEqual(columns);
    const names = (width: number): string[] => columnsFor(width).map((column) => column.id);
    const full = columns.reduce((sum, column) => sum + column.width, 0);
    expect(names(full - 1)).not.toContain('source');
    expect(names(full - 1)).toContain('account');
    expect(names(full - 130)).not.toContain('account');
    expect(names(100)).toEqual(['time', 'model', 'project', 'input', 'output', 'cost', 'evidence']);
  });

  it('never overflows a 900 px window with the narrow rail', () => {
    const width = 900 - 56 - 2 * 16 - 2;
    expect(columnsFor(width).reduce((sum, column) => sum + column.width, 0)).toBeLessThanOrEqual(width);
  });
});

it('lets names grow and keeps figures at their width', () => {
  expect(gridTemplate(columns.slice(0, 2))).toBe('138px minmax(176px, 3fr)');
});

it('counts cache writes of every lifetime as cache', () => {
  const tokens = {
    input: 1,
    cacheRead: 2,
    cacheWrite5m: 4,
    cacheWrite1h: 8,
    cacheWriteUnknown: 16,
    output: 32,
    reasoning: 64,
  };
  expect(cacheTokens(tokens)).toBe(30);
});

describe('nextSort', () => {
  it('starts figures with the largest and names with A, and turns round on a second click', () => {
    expect(nextSort({ sort: 'at', order: 'desc' }, 'cost')).toEqual({ sort: 'cost', order: 'desc' });
    expect(nextSort({ sort: 'at', order: 'desc' }, 'model')).toEqual({ sort: 'model', order: 'asc' });
    expect(nextSort({ sort: 'cost', order: 'desc' }, 'cost')).toEqual({ sort: 'cost', order: 'asc' });
  });
});
