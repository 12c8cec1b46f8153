import { expect, it } from 'vitest';
import { splitHash } from './hash-location.ts';

it.each([
  ['', '/', ''],
  ['#/', '/', ''],
  ['#/?range=7d', '/', 'range=7d'],
  ['#/activity?range=7d&q=a?b', '/activity', 'range=7d&q=a?b'],
  ['#activity/', '/activity', ''],
])('reads %s', (hash, path, search) => {
  expect(splitHash(hash)).toEqual({ path, search });
});
