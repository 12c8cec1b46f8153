import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { layTraps } from '../testing/hostile/path-attacks.ts';
import { servedFiles } from './served-files.ts';

let dir: string;
let pages: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'llmlab-served-'));
  pages = join(dir, 'renderer');
  mkdirSync(join(pages, 'a b', 'c'), { recursive: true });
  for (const path of ['index.html', join('a b', 'c', 'ü#%.js'), join('a b', 'index.html')])
    writeFileSync(join(pages, path), 'x');
  layTraps(dir, pages);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

// Node's own recursive listing walks into linked folders.
it('lists every file by its address, and neither links nor what they lead to', () => {
  expect(Object.fromEntries(servedFiles(pages))).toEqual({
    '/': join(pages, 'index.html'),
    '/index.html': join(pages, 'index.html'),
    '/a%20b/c/%C3%BC%23%25.js': join(pages, 'a b', 'c', 'ü#%.js'),
    '/a%20b/index.html': join(pages, 'a b', 'index.html'),
  });
});

it('lists nothing where there is nothing', () => {
  expect(servedFiles(join(dir, 'none')).size).toBe(0);
});
