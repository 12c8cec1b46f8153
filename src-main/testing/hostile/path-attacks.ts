import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What lies outside the folder that is served. */
export const outOfBounds = 'outside the window';

/** Puts secrets beside the folder `pages` in `dir`, and links in it that lead to them. */
export function layTraps(dir: string, pages: string): void {
  mkdirSync(`${pages}-next`, { recursive: true });
  for (const path of [join(dir, 'secret.txt'), join(`${pages}-next`, 'secret.txt')])
    writeFileSync(path, outOfBounds);
  symlinkSync(join(dir, 'secret.txt'), join(pages, 'link.txt'));
  // A junction is what Windows lets anybody make; elsewhere the type says nothing.
  symlinkSync(dir, join(pages, 'linked'), 'junction');
}

/** Spellings that lead a careless server out of its folder `renderer`, written right behind the origin. */
export const pathAttacks = [
  '/../secret.txt',
  '/../../secret.txt',
  '/assets/../../secret.txt',
  '/./../secret.txt',
  '/....//secret.txt',
  '/..;/secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/%2e%2e%2fsecret.txt',
  '/.%2e/secret.txt',
  '/%252e%252e/secret.txt',
  '/%252e%252e%252fsecret.txt',
  '/%c0%ae%c0%ae/secret.txt',
  '/%c0%ae%c0%ae%c0%afsecret.txt',
  '/%u002e%u002e/secret.txt',
  '/%ef%bc%8e%ef%bc%8e/secret.txt',
  '/..\\secret.txt',
  '/..%5csecret.txt',
  '/%5c..%5csecret.txt',
  '/%2e%2e%5csecret.txt',
  '/assets\\..\\..\\secret.txt',
  '/assets/..%5c..%5csecret.txt',
  '//secret.txt',
  '///secret.txt',
  '//../secret.txt',
  '/index.html%00.txt',
  '/../secret.txt%00.html',
  '/index.html\0',
  '/C:/secret.txt',
  '/C:%5csecret.txt',
  '/c|/secret.txt',
  '//server/share/secret.txt',
  '/%5c%5cserver%5cshare%5csecret.txt',
  '/%5c%5c?%5cC:%5csecret.txt',
  '/index.html.',
  '/index.html%20',
  '/index.html/',
  '/index.html::$DATA',
  '/index.html;.js',
  '/link.txt',
  '/linked/secret.txt',
  '/../renderer-next/secret.txt',
  '/..renderer-next/secret.txt',
  '/%2e%2e/secret.txt?/index.html',
  '/../secret.txt#/index.html',
  '-next/secret.txt',
  '.evil/index.html',
  '@evil/index.html',
  ':80/index.html',
  `/${'../'.repeat(3400)}secret.txt`,
  '/%',
  '/%zz/%e0%a4%a',
  '/INDEX.HTML',
  '/file:///etc/passwd',
  '/.git/config',
  '/node_modules/electron/package.json',
] as const;
