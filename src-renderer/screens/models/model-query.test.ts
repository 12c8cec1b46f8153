import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shows } from './model-list.ts';
import { everything, queryParams, readQuery } from './model-query.ts';

function addressOf(changes: Record<string, string | null>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(changes).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

it('comes back from its own address as it went in, whatever was typed', () => {
  fc.assert(
    fc.property(
      fc.record({
        search: fc.string({ maxLength: 200 }),
        providers: fc.uniqueArray(fc.stringMatching(/^[a-z-]{1,12}$/), { maxLength: 5 }),
        connectionId: fc.option(fc.integer({ min: 1, max: 1e9 })),
        show: fc.constantFrom(...shows),
      }),
      (query) => {
        expect(readQuery(new URLSearchParams(addressOf(queryParams(query)).toString()))).toEqual(query);
      },
    ),
  );
});

it('leaves nothing in the address where everything is shown', () => {
  expect(addressOf(queryParams(everything)).toString()).toBe('');
});

it('shows everything of an address nobody can read', () => {
  expect(readQuery(new URLSearchParams('connection=-1&show=what&of=,,'))).toEqual(everything);
});
