import { expect, it } from 'vitest';
import { pageAt, pageHref } from './pages.ts';

it('takes range, accounts and projects along, but not what one page alone filters by', () => {
  const search = 'range=7d&account=2&project=a&model=gpt-5&q=x';
  expect(pageHref({ path: '/activity', filtered: true }, search)).toBe(
    '#/activity?range=7d&account=2&project=a',
  );
  expect(pageHref({ path: '/settings', filtered: false }, search)).toBe('#/settings');
});

it('finds the page a longer path is a part of, and takes no other for it', () => {
  const pages = [{ path: '/' }, { path: '/providers' }];
  expect(pageAt(pages, '/providers/3')?.path).toBe('/providers');
  expect(pageAt(pages, '/')?.path).toBe('/');
  expect(pageAt(pages, '/providersX')).toBeUndefined();
  expect(pageAt(pages, '/nowhere')).toBeUndefined();
});
