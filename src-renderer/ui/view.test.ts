import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityHref, datesOf, filtersOf, parseView, rangeKeys, viewQuery } from './view.ts';

const today = '2026-11-20';

describe('datesOf', () => {
  it.each([
    ['today', '2026-11-20', '2026-11-20'],
    ['7d', '2026-11-14', '2026-11-20'],
    ['30d', '2026-10-22', '2026-11-20'],
    ['month', '2026-11-01', '2026-11-20'],
    ['last-month', '2026-10-01', '2026-10-31'],
  ] as const)('%s is %s to %s', (range, from, to) => {
    expect(datesOf({ range, filters: {} }, today)).toEqual({ from, to });
  });
});

describe('the hash', () => {
  it('gives back every view it was given', () => {
    const name = fc.string({ maxLength: 12 });
    const view = fc.record({
      range: fc.constantFrom(...rangeKeys.filter((key) => key !== 'custom')),
      filters: fc.record(
        {
          accounts: fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1 }),
          projects: fc.array(name, { minLength: 1 }),
          models: fc.array(name, { minLength: 1 }),
          hour: fc.integer({ min: 0, max: 23 }),
          countedOnly: fc.boolean(),
        },
        { requiredKeys: [] },
      ),
    });
    fc.assert(
      fc.property(view, (given) => {
        expect(parseView(viewQuery(given))).toEqual(given);
      }),
    );
  });

  it('keeps "no project" (an empty name) apart from no filter', () => {
    expect(parseView('project=').filters).toEqual({ projects: [''] });
    expect(parseView('').filters).toEqual({});
  });

  it('drops what is not a date, an id or an hour instead of sending it on', () => {
    expect(parseView('range=custom&from=2026-02-30&to=x&account=-1&hour=24&evidence=hearsay')).toEqual({
      range: 'custom',
      filters: {},
    });
  });
});

it('links a figure to its records: the same view, narrowed', () => {
  const view = parseView('range=7d&account=2');
  expect(activityHref(view, { models: ['gpt-5'] })).toBe('#/activity?range=7d&account=2&model=gpt-5');
  const day = activityHref(view, { from: '2026-11-18', to: '2026-11-18' });
  expect(filtersOf(parseView(day.split('?')[1] ?? ''), today)).toEqual({
    from: '2026-11-18',
    to: '2026-11-18',
    accounts: [2],
  });
});
