import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layTraps, pathAttacks } from '../../testing/hostile/path-attacks.ts';
import { appSchemePrivileges, contentSecurityPolicy, pageHandler, pageHeaders } from './protocol.ts';

let dir: string;
let handle: (request: Request) => Promise<Response>;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'llmlab-pages-'));
  const pages = join(dir, 'renderer');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<p>page</p>');
  writeFileSync(join(pages, 'assets', 'a b.js'), 'script');
  layTraps(dir, pages);
  handle = pageHandler(pages);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Electron hands over a Request; its address is whatever Chromium made of it, so it is set as it is here. */
const get = (url: string, method = 'GET') => handle({ url, method } as Request);

describe('the window’s files', () => {
  it.each(['/', '/index.html', '/index.html?x=1', '/index.html#/activity'])(
    '%s is the page',
    async (path) => {
      const response = await get(`app://llmlab${path}`);
      expect([response.status, await response.text()]).toEqual([200, '<p>page</p>']);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    },
  );

  it('come with their media type, whatever their name', async () => {
    const response = await get('app://llmlab/assets/a%20b.js');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ]);
  });

  it.each(['app://llmlab/', 'app://llmlab/nothing'])('carry every header, found or not: %s', async (url) => {
    const { headers } = await get(url);
    for (const [name, value] of Object.entries(pageHeaders)) expect(headers.get(name)).toBe(value);
  });

  it.each(['POST', 'PUT', 'DELETE'])('cannot be asked for with %s', async (method) => {
    expect((await get('app://llmlab/', method)).status).toBe(405);
  });
});

describe('a path that should lead out', () => {
  it.each(pathAttacks.map((path) => [path.slice(0, 60), path]))(
    'reads nothing: app://llmlab%s',
    async (_shown, path) => {
      const response = await get(`app://llmlab${path}`);
      expect([response.status, await response.text()]).toEqual([404, '']);
    },
  );

  it('reads nothing at an absolute place either', async () => {
    expect((await get(`app://llmlab${join(dir, 'secret.txt')}`)).status).toBe(404);
  });

  it('never reads anything but the pages, however it is put together', async () => {
    const part = fc.constantFrom(
      '..',
      '%2e%2e',
      '.',
      'assets',
      'secret.txt',
      'index.html',
      'linked',
      '\\',
      '%2f',
      '',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
        const text = await (await get(`app://llmlab/${parts.join('/')}`)).text();
        expect(['', '<p>page</p>', 'script']).toContain(text);
      }),
    );
  });
});

it('pins what the scheme may do and what a page may load', () => {
  expect(appSchemePrivileges.privileges).toEqual({
    standard: true,
    secure: true,
    supportFetchAPI: true,
    codeCache: true,
  });
  expect(contentSecurityPolicy).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
      "connect-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
});
