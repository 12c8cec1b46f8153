import { expect, it } from 'vitest';
import { tidyQuery } from './tidy-view.ts';

it('leaves alone what can be read, also while the accounts are not known yet', () => {
  expect(tidyQuery('range=7d&account=2&by=day', [1, 2])).toBeNull();
  expect(tidyQuery('account=99', undefined)).toBeNull();
  expect(tidyQuery('tab=prices', [])).toBeNull();
});

it('takes an unreadable range out and keeps the rest', () => {
  expect(tidyQuery('range=fortnight&model=m&by=day', [])).toBe('model=m&by=day');
  expect(tidyQuery('range=custom&from=2026-02-30', [])).toBe('');
  expect(tidyQuery('range=custom&from=2026-02-30&to=2026-03-01', [])).toBe('to=2026-03-01&range=custom');
});

it('drops accounts that are not there, so that a stale link does not show an empty ledger', () => {
  expect(tidyQuery('account=1&account=99&q=x', [1])).toBe('account=1&q=x');
  expect(tidyQuery('account=x', [1])).toBe('');
});
