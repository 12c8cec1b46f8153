import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasDisplay } from './browser.ts';
import { type Serving, serve } from './serve.ts';

let dir: string;
let links: string[];
const serving: Serving[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'llmlab-serve-'));
  links = [];
  mkdirSync(join(dir, 'renderer'));
  writeFileSync(join(dir, 'renderer', 'index.html'), '<!doctype html><title>LLMLab</title>');
});
afterEach(async () => {
  for (const one of serving.splice(0)) await one.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function start(dataDir: string, port?: number) {
  const showLink = (url: string) => links.push(url);
  const rendererDir = join(dir, 'renderer');
  const one = await serve({ dataDir: join(dir, dataDir), port, open: false, rendererDir, env: {}, showLink });
  serving.push(one);
  return one;
}

describe('the web host', () => {
  it('shows one link that opens the window, with the work in a thread', async () => {
    await start('data', 0);
    expect(links).toHaveLength(1);
    const link = new URL(links[0] ?? '');
    const headers = { origin: link.origin, 'content-type': 'application/json' };
    const body = JSON.stringify({ token: link.hash.replace('#t=', '') });
    const entered = await fetch(`${link.origin}/api/session`, { method: 'POST', headers, body });
    const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const { data } = (await entered.json()) as { data: { token: string } };
    const reply = await fetch(`${link.origin}/api/call`, {
      method: 'POST',
      headers: { ...headers, cookie, 'x-llmlab-token': data.token },
      body: JSON.stringify({ route: 'sample.load', input: {} }),
    });
    expect(await reply.json()).toMatchObject({ ok: true });
    expect(readFileSync(join(dir, 'data', 'logs', 'llmlab.log'), 'utf8')).toContain('POST call');
  });

  it('ends on a damaged ledger with the reason, writes nothing to it and lets the folder go', async () => {
    const first = await start('data', 0);
    serving.length = 0;
    await first.stop();
    const path = join(dir, 'data', 'ledger.db');
    const bytes = readFileSync(path);
    // A page in the middle: the file still opens, and what the page reads at first may even be whole.
    bytes.fill(0xff, bytes.length - 4096 * 3, bytes.length - 4096);
    writeFileSync(path, bytes);
    await expect(start('data', 0)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    expect(readFileSync(path).equals(bytes)).toBe(true);
    await expect(start('data', 0)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
  });

  it('refuses a folder another host has, and lets go of it when it stops', async () => {
    const first = await start('data', 0);
    await expect(start('data', 0)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    serving.length = 0;
    await first.stop();
    await start('data', 0);
    expect(links).toHaveLength(2);
  });

  it('takes another port when the usual one is taken, but never instead of one asked for', async () => {
    const taken = createServer().listen(4747, '127.0.0.1');
    // Taken by a stranger is as good as taken by us.
    await new Promise((resolve) => taken.once('listening', resolve).once('error', resolve));
    try {
      const { port } = await start('data');
      expect(port).not.toBe(4747);
      await expect(start('other', port)).rejects.toThrow(`Port ${port} is already taken`);
      // The folder is free again: the failed start let go of it.
      await start('other', 0);
    } finally {
      taken.close();
    }
  });
});

describe('a browser is opened', () => {
  it.each([
    ['on a Linux desktop', 'linux', { DISPLAY: ':0' }, true],
    ['on Wayland', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['not on a Linux console', 'linux', {}, false],
    [
      'not over SSH, where it would show on the other side',
      'linux',
      { DISPLAY: ':0', SSH_CONNECTION: 'x' },
      false,
    ],
    ['on macOS', 'darwin', {}, true],
    ['not in a CI job', 'win32', { CI: 'true' }, false],
  ] as const)('%s', (_where, platform, env, opened) => {
    expect(hasDisplay({ platform, env })).toBe(opened);
  });
});
