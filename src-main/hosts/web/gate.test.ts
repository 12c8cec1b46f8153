import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Credentials,
  enter,
  type RawRequest,
  raw,
  requestText,
  signedIn,
  startTestHost,
  type TestHost,
} from './test-host.ts';

let host: TestHost;
let credentials: Credentials;
beforeAll(async () => {
  host = await startTestHost();
  credentials = await enter(host);
});
afterAll(() => host.stop());

type Headers = readonly (readonly [string, string])[];

/** Every kind of route, asked for as our own page asks. */
const routes: Readonly<Record<string, RawRequest & { readonly type?: string; readonly ok: number }>> = {
  session: { method: 'POST', path: '/api/session', type: 'application/json', body: '{}', ok: 200 },
  call: {
    method: 'POST',
    path: '/api/call',
    type: 'application/json',
    body: '{"route":"app.info","input":{}}',
    ok: 200,
  },
  upload: {
    method: 'POST',
    path: '/api/upload?name=a.csv',
    type: 'application/octet-stream',
    body: 'a,b',
    ok: 200,
  },
  export: { path: '/api/export/none', ok: 404 },
  page: { path: '/', ok: 200 },
  asset: { path: '/assets/app-1a2b.js', ok: 200 },
  missing: { path: '/nothing-here', ok: 404 },
  'missing api': { path: '/api/nothing', ok: 404 },
};

function ask(name: string, change: (headers: Headers) => Headers) {
  const { type, ...request } = routes[name] ?? { path: '/' };
  const headers: Headers = [
    ['host', `127.0.0.1:${host.port}`],
    ...signedIn(host, credentials),
    ['sec-fetch-site', 'same-origin'],
    ...(type === undefined ? [] : [['content-type', type] as const]),
  ];
  return host.ask({ ...request, headers: change(headers) });
}

const replaced = (name: string, value: string) => (headers: Headers) =>
  headers.map(([key, old]) => [key, key === name ? value : old] as const);
const without = (name: string) => (headers: Headers) => headers.filter(([key]) => key !== name);
const added = (name: string, value: string) => (headers: Headers) => [...headers, [name, value] as const];

const names = Object.keys(routes);
const writes = names.filter((name) => routes[name]?.method === 'POST');

/** No page, no envelope with data, no hint of another origin's rights. */
function expectNothing(reply: Awaited<ReturnType<typeof raw>>, status: number): void {
  expect(reply.status).toBe(status);
  expect(reply.body).not.toMatch(/"ok":true|<title>|export \{\}/);
  expect(reply.headers['set-cookie']).toBeUndefined();
  expect(reply.headers['access-control-allow-origin']).toBeUndefined();
  expect(reply.headers['content-security-policy']).toContain("default-src 'none'");
}

describe.each(names)('%s', (name) => {
  it('answers its own page', async () => {
    const reply = await ask(name, (headers) => headers);
    expect(reply.status).toBe(routes[name]?.ok);
    expect(reply.headers['x-content-type-options']).toBe('nosniff');
  });

  it.each([
    'evil.test',
    'evil.test:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.0.0.1:PORT.evil.test',
    'localhost.:PORT',
    'LOCALHOST:PORT',
    '0.0.0.0:PORT',
    '[::ffff:127.0.0.1]:PORT',
    'user@127.0.0.1:PORT',
  ])('gives nothing to the host %s: a rebound name', async (hostile) => {
    expectNothing(await ask(name, replaced('host', hostile.replace('PORT', String(host.port)))), 403);
  });

  it('gives nothing when two hosts are named', async () => {
    expectNothing(await ask(name, added('host', 'evil.test')), 403);
  });

  it.each([
    'http://evil.test',
    'null',
    'https://127.0.0.1:PORT',
    'http://127.0.0.1:1',
    'http://localhost:PORT',
    'file://',
  ])('gives nothing to the origin %s', async (hostile) => {
    expectNothing(await ask(name, replaced('origin', hostile.replace('PORT', String(host.port)))), 403);
  });

  it.each(['cross-site', 'same-site', 'nonsense', ''])(
    'gives nothing to the fetch site "%s"',
    async (site) => {
      expectNothing(await ask(name, replaced('sec-fetch-site', site)), 403);
    },
  );

  it('gives nothing when the fetch site is said twice', async () => {
    expectNothing(await ask(name, added('sec-fetch-site', 'same-origin')), 403);
  });

  it.each(['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE'])('knows no method %s', async (method) => {
    const { type: _type, ok: _ok, ...request } = routes[name] ?? { path: '/', ok: 0 };
    expectNothing(await host.ask({ ...request, method, headers: signedIn(host, credentials) }), 405);
  });
});

describe.each(writes)('write to %s', (name) => {
  it('needs an origin: every browser sends one', async () => {
    expectNothing(await ask(name, without('origin')), 403);
  });

  it('is not reached by typing an address', async () => {
    expectNothing(await ask(name, replaced('sec-fetch-site', 'none')), 403);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    '',
  ])('refuses the content type "%s", which a form could send', async (type) => {
    expectNothing(await ask(name, replaced('content-type', type)), 415);
  });

  it('refuses a body of no stated type', async () => {
    expectNothing(await ask(name, without('content-type')), 415);
  });
});

describe.each(['call', 'upload', 'export'])('%s without a session', (name) => {
  it.each([
    ['no cookie', without('cookie')],
    ['no tab token', without('x-llmlab-token')],
    ['a wrong cookie', replaced('cookie', 'llmlab-1=x')],
    ['a wrong tab token', replaced('x-llmlab-token', 'x'.repeat(43))],
  ])('gives nothing: %s', async (_what, change) => {
    expectNothing(await ask(name, change), 401);
  });
});

describe('events', () => {
  it.each([
    ['a hostile host', replaced('host', 'evil.test'), 403],
    ['a hostile origin', replaced('origin', 'http://evil.test'), 403],
    ['another site', replaced('sec-fetch-site', 'cross-site'), 403],
    ['an address typed', replaced('sec-fetch-site', 'none'), 403],
    ['no tab token', without('x-llmlab-token'), 401],
    ['no cookie', without('cookie'), 401],
  ])('are not streamed to %s', async (_what, change, status) => {
    const headers: Headers = [
      ['host', `127.0.0.1:${host.port}`],
      ...signedIn(host, credentials),
      ['sec-fetch-site', 'same-origin'],
    ];
    expectNothing(await host.ask({ path: '/api/events', headers: change(headers) }), status);
  });
});

describe('addresses', () => {
  it('a page typed into the address bar is served', async () => {
    const reply = await host.ask({ path: '/', headers: [['sec-fetch-site', 'none']] });
    expect([reply.status, reply.headers['referrer-policy']]).toEqual([200, 'no-referrer']);
  });

  it('localhost and ::1 name this server too', async () => {
    const text = (name: string) =>
      requestText(host.port, { path: '/', headers: [['host', `${name}:${host.port}`]] });
    expect((await raw(host.port, text('localhost'))).status).toBe(200);
    expect((await raw(host.port, text('[::1]'))).status).toBe(200);
  });
});
