import { expect, it } from 'vitest';
import type { FoundTool } from '../../../src-preload/contract/scan.ts';
import { folderOf, lookedForWords, splitFound } from './found-logs.ts';

const folder = (path: string, files: number) => ({
  path,
  why: 'default',
  found: files > 0,
  files,
  bytes: files * 10,
  error: null,
});
const tool = (name: string, folders: FoundTool['folders']): FoundTool => {
  const files = folders.reduce((sum, one) => sum + one.files, 0);
  return {
    tool: name,
    label: name,
    vendor: '',
    folders,
    files,
    bytes: files * 10,
    unreadBytes: 0,
    lastReadAt: null,
    following: { mode: 'off', why: null, asOf: null, error: null },
    note: '',
  };
};

it('offers what has files, largest first, and names the rest', () => {
  const { found, missing } = splitFound([
    tool('a', [folder('/a', 1)]),
    tool('b', []),
    tool('c', [folder('/c', 9)]),
  ]);
  expect(found.map((one) => one.tool)).toEqual(['c', 'a']);
  expect(missing.map((one) => one.tool)).toEqual(['b']);
});

it('names the folder that has the logs, not the first that was tried', () => {
  expect(folderOf(tool('a', [folder('/tried', 0), folder('/has', 3)]))).toBe('/has');
  expect(folderOf(tool('a', []))).toBe('');
});

it('names a few of what was looked for, counts the rest, and does not claim to have looked where there is no place', () => {
  const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => tool(name, [folder(`/${name}`, 0)]));
  expect(lookedForWords(many)).toBe('a, b, c, d, e, f and 2 others');
  expect(lookedForWords([...many.slice(0, 2), tool('export', [])])).toBe('a and b');
  expect(lookedForWords(many.slice(0, 7))).toBe('a, b, c, d, e, f and g');
  expect(lookedForWords([])).toBe('');
});
