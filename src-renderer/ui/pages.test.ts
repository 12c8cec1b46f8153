import { expect, it } from 'vitest';
import { pageHref } from './pages.ts';

it('takes range, accounts and projects along, but not what one page alone filters by', () => {
  const search = 'range=7d&account=2&project=a&model=gpt-5&q=x';
  expect(pageHref({ path: '/activity', filtered: true }, search)).toBe(
    '#/activity?range=7d&account=2&project=a',
  );
  expect(pageHref({ path: '/settings', filtered: false }, search)).toBe('#/settings');
});
