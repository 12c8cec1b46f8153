import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const rail = (page: Page) => page.getByRole('navigation').first();

test('the printed link opens the window, leaves no token in the address and outlives a reload', async ({
  app,
}) => {
  const page = await app.open();
  await expect(rail(page)).toBeVisible();
  await expect.poll(() => page.url()).not.toContain('t=');
  await page.reload();
  await expect(rail(page)).toBeVisible();
  await expect(page.getByText('no longer signed in')).toHaveCount(0);
});

test('a second tab of the same browser needs no link, another browser does', async ({ app, browser }) => {
  const page = await app.open();
  await expect(rail(page)).toBeVisible();
  const { origin } = new URL(app.url);
  const second = await page.context().newPage();
  const entered = second.waitForResponse('**/api/session');
  await second.goto(`${origin}/`);
  expect((await entered).status()).toBe(200);

  const stranger = await browser.newContext();
  try {
    const other = await stranger.newPage();
    const refused = other.waitForResponse('**/api/session');
    // The link has been used by the first window.
    await other.goto(app.url);
    expect((await refused).status()).toBe(401);
  } finally {
    await stranger.close();
  }
});

test('a page of another site can neither read nor call nor frame it', async ({ app, browser }) => {
  await app.open();
  const { origin } = new URL(app.url);
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(`<!doctype html><iframe src="${origin}/"></iframe>`);
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`http://localhost:${(site.address() as AddressInfo).port}/`);
    const outcomes = await page.evaluate(async (target) => {
      const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
      const call = { ...json, body: '{"route":"app.info","input":{}}' };
      const simple = { method: 'POST', body: '{"route":"app.info","input":{}}', mode: 'no-cors' } as const;
      const tryOne = async (path: string, init: RequestInit) =>
        fetch(target + path, init).then(
          (response) => `${response.type} ${response.status}`,
          () => 'blocked',
        );
      return [await tryOne('/api/call', call), await tryOne('/', {}), await tryOne('/api/call', simple)];
    }, origin);
    // An opaque reply is one the page cannot look into; what it holds is a refusal as well.
    expect(outcomes).toEqual(['blocked', 'blocked', expect.stringMatching(/^(blocked|opaque 0)$/)]);
    const framed = page.frames().find((frame) => frame !== page.mainFrame());
    expect(await framed?.title()).not.toBe('LLMLab');
  } finally {
    await context.close();
    site.close();
  }
});

test('the page may load nothing but its own files and run no inline script', async ({ app }) => {
  const page = await app.open();
  const reply = await page.request.get(`${new URL(app.url).origin}/`);
  const policy = reply.headers()['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
  expect(reply.headers()).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
});

test('while the window is open the command line reads beside it and changes nothing, afterwards it goes on', async ({
  app,
}) => {
  await app.open();
  expect((await app.cli('report', '--json')).code).toBe(0);
  const during = await app.cli('backup', '--json');
  expect(during.code).toBe(1);
  expect(JSON.parse(during.stdout).error.code).toBe('STORE_LOCKED');
  await app.close();
  expect((await app.cli('backup', '--json')).code).toBe(0);
});
