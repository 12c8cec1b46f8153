import { expect, it } from 'vitest';
import { projectOf } from './project.ts';

it('is the last part of the path, as the system of the log writes paths', () => {
  const paths = [
    '/home/dev/shop',
    '/home/dev/web shop/',
    'C:\\Users\\a\\shop',
    'c:/work/shop',
    '\\\\wsl$\\u\\shop',
    '/odd\\name',
    '/',
  ];
  expect(paths.map(projectOf)).toEqual(['shop', 'web shop', 'shop', 'shop', 'shop', 'odd\\name', null]);
  expect(projectOf(undefined)).toBeNull();
});
