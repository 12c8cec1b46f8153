import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contract } from '../../../src-preload/contract/index.ts';
import { pathAttacks } from '../../testing/hostile/path-attacks.ts';
import {
  type Credentials,
  enter,
  type RawReply,
  rawHead,
  requestText,
  signedIn,
  startTestHost,
  type TestHost,
} from './test-host.ts';

/**
 * Every surface under every combination of what a browser says about a request, written to the socket as it is. The
 * right cookie and tab token come along: the gate may not need them to be missing.
 */
let host: TestHost;
let credentials: Credentials;
let exportId: string;
beforeAll(async () => {
  host = await startTestHost();
  credentials = await enter(host);
  const caller = { trusted: true, label: 'test' } as const;
  expect(await host.core.call('sample.load', {}, caller)).toMatchObject({ ok: true });
  const made = await host.core.call('exports.create', { format: 'csv', filters: {} }, caller);
  if (!made.ok) throw new Error(made.error.message);
  exportId = made.data.exportId;
});
afterAll(() => host.stop());
beforeEach(() => {
  // Wrong tokens of an earlier test are more than a minute ago.
  host.time.offset += 61_000;
});

interface Surface {
  readonly method?: string;
  readonly path: string;
  readonly type?: string;
  readonly body?: string;
  readonly isPage?: true;
  /** Status for who may ask. */
  readonly ok: number;
}

const json = { method: 'POST', type: 'application/json' } as const;
const bytes = { method: 'POST', type: 'application/octet-stream' } as const;
const surfaces: Readonly<Record<string, Surface>> = {
  'the swap of the link': { ...json, path: '/api/session', body: '{}', ok: 200 },
  'a call': { ...json, path: '/api/call', body: '{"route":"app.info","input":{}}', ok: 200 },
  'an upload': { ...bytes, path: '/api/upload?name=a.csv', body: 'a,b', ok: 200 },
  events: { path: '/api/events', ok: 200 },
  'an export that is not there': { path: '/api/export/none', ok: 404 },
  'the page': { path: '/', isPage: true, ok: 200 },
  'the head of the page': { method: 'HEAD', path: '/index.html', isPage: true, ok: 200 },
  'a file of the page': { path: '/assets/app-1a2b.js', isPage: true, ok: 200 },
  'an unknown path': { path: '/nothing-here', isPage: true, ok: 404 },
  'an unknown call': { path: '/api/nothing', isPage: true, ok: 404 },
};

const hosts = ['127.0.0.1:PORT', 'localhost:PORT', 'evil.test'];
const origins = [undefined, 'http://HOST', 'http://evil.test', 'null'];
const sites = [undefined, 'same-origin', 'none', 'cross-site'];

interface Combination {
  readonly host: string;
  readonly origin: string | undefined;
  readonly site: string | undefined;
  readonly type: string | undefined;
}

/** 48 for what is read, twice as many for what is written: with the right content type and with a form's. */
function combinations({ type }: Surface): readonly Combination[] {
  const types = type === undefined ? [undefined] : [type, 'text/plain'];
  return hosts.flatMap((name) =>
    origins.flatMap((origin) =>
      sites.flatMap((site) => types.map((sent) => ({ host: name, origin, site, type: sent }))),
    ),
  );
}

/** The list of who may pass; everything else may not. */
function mayPass(surface: Surface, { host: name, origin, site, type }: Combination): boolean {
  const isWrite = surface.method === 'POST';
  const allowedOrigins = isWrite ? ['http://HOST'] : [undefined, 'http://HOST'];
  const allowedSites = surface.isPage ? [undefined, 'same-origin', 'none'] : [undefined, 'same-origin'];
  return (
    name !== 'evil.test' &&
    allowedOrigins.includes(origin) &&
    allowedSites.includes(site) &&
    type === surface.type
  );
}

function ask(surface: Surface, combination: Combination, tokens: Credentials | null): Promise<RawReply> {
  const { method = 'GET', path, body } = surface;
  const name = combination.host.replace('PORT', String(host.port));
  const stated = [
    ['host', name],
    ['origin', combination.origin?.replace('HOST', name)],
    ['sec-fetch-site', combination.site],
    ['content-type', combination.type],
    ['cookie', tokens?.cookie],
    ['x-llmlab-token', tokens?.tab],
  ] as const;
  const headers = stated.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return rawHead(host.port, requestText(host.port, { method, path, headers, ...(body && { body }) }));
}

/** Sentences a refusal may say. None is about what is in the ledger or on the disk. */
const sentences = new Set([
  'This address is not LLMLab.',
  'Only the LLMLab page itself may ask for this.',
  'This method is not known here.',
  'The body must be application/json.',
  'The body must be application/octet-stream.',
  'There is nothing at this address.',
  'This link has been used or is older than a minute. A fresh one is shown where LLMLab was started.',
  'Too many wrong tokens. Wait 60 seconds.',
]);

/** A refusal, and nothing in it but one of those sentences. */
function expectBare({ status, headers, body }: RawReply): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(headers['set-cookie']).toBeUndefined();
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  if (body === '') return;
  const { ok, error, ...rest } = JSON.parse(body);
  expect([ok, rest, Object.keys(error)]).toEqual([false, {}, ['code', 'message']]);
  expect(sentences).toContain(error.message);
}

/** A few at a time: all of them at once would be more sockets than a host keeps. */
async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += 32) await Promise.all(items.slice(at, at + 32).map(work));
}

const shown = ({ host: name, origin, site, type }: Combination) =>
  `host ${name}, origin ${origin}, site ${site}, type ${type}`;

describe.each(Object.entries(surfaces))('%s', (_name, surface) => {
  it('is there for the listed combinations and for no other', async () => {
    const passed: string[] = [];
    await inTurns(combinations(surface), async (combination) => {
      const reply = await ask(surface, combination, credentials);
      if (reply.status === surface.ok) passed.push(shown(combination));
      else expectBare(reply);
    });
    const listed = combinations(surface).filter((combination) => mayPass(surface, combination));
    expect(passed.sort()).toEqual(listed.map(shown).sort());
  });

  it('says nothing to a name rebound to this machine, whatever else is right', async () => {
    const names = ['evil.test', 'evil.test:PORT', '127.0.0.1.evil.test:PORT', 'localhost.evil.test:PORT'];
    const more = [
      'localhost.:PORT',
      'LOCALHOST:PORT',
      '0:PORT',
      '[::]:PORT',
      '2130706433:PORT',
      '127.1:PORT',
    ];
    await inTurns([...names, ...more], async (name) => {
      const rebound = { host: name, origin: 'http://HOST', site: 'same-origin', type: surface.type };
      const reply = await ask(surface, rebound, credentials);
      expect(reply.status).toBe(403);
      expectBare(reply);
    });
  });
});

describe('every route of the core', () => {
  const routes = Object.keys(contract);
  const call = (route: string) => ({
    ...json,
    path: '/api/call',
    body: `{"route":"${route}","input":{}}`,
    ok: 200,
  });

  it('answers none but the listed combinations', async () => {
    const before = await host.core.call('ledger.verify', {}, { trusted: true, label: 'test' });
    host.logged.length = 0;
    const surface = call('app.info');
    const hostile = combinations(surface).filter(
      (combination) => combination.type === surface.type && !mayPass(surface, combination),
    );
    expect(hostile).toHaveLength(44);
    const cases = routes.flatMap((route) => hostile.map((combination) => ({ route, combination })));
    await inTurns(cases, async ({ route, combination }) =>
      expectBare(await ask(call(route), combination, credentials)),
    );
    expect(host.logged.join('')).not.toContain('"status":200');
    expect(await host.core.call('ledger.verify', {}, { trusted: true, label: 'test' })).toEqual(before);
  }, 60_000);

  it('answers nobody without both tokens of one session', async () => {
    const other = await enter(host);
    const own: Combination = {
      host: '127.0.0.1:PORT',
      origin: 'http://HOST',
      site: 'same-origin',
      type: json.type,
    };
    const strangers: readonly (Credentials | null)[] = [
      null,
      { cookie: credentials.cookie, tab: '' },
      { cookie: '', tab: credentials.tab },
      { cookie: credentials.cookie, tab: other.tab },
      { cookie: other.cookie, tab: credentials.tab },
      { cookie: credentials.cookie, tab: credentials.tab.slice(0, -1) },
      { cookie: credentials.cookie.slice(0, -1), tab: credentials.tab },
      { cookie: `${credentials.cookie}x`, tab: credentials.tab },
      { cookie: credentials.cookie.replace('llmlab-', 'LLMLAB-'), tab: credentials.tab },
      { cookie: credentials.cookie, tab: `${credentials.tab}, ${credentials.tab}` },
    ];
    const cases = routes.flatMap((route) => strangers.map((tokens) => ({ route, tokens })));
    await inTurns(cases, async ({ route, tokens }) => {
      const reply = await ask(call(route), own, tokens);
      // The eleventh wrong one within a minute is told to wait instead.
      expect([401, 429]).toContain(reply.status);
      expectBare(reply);
    });
  }, 60_000);
});

describe('tokens', () => {
  const own = { host: '127.0.0.1:PORT', origin: 'http://HOST', site: 'same-origin' } as const;
  const private_ = ['a call', 'an upload', 'events', 'an export that is not there'];

  it.each(private_)('are asked for by %s in every combination', async (name) => {
    const surface = surfaces[name] ?? { path: '/', ok: 200 };
    await inTurns(combinations(surface), async (combination) =>
      expectBare(await ask(surface, combination, null)),
    );
  });

  it('of a link open one session: used twice, expired or replaced they open none', async () => {
    const swap = (token: string) =>
      ask(
        { ...json, path: '/api/session', body: JSON.stringify({ token }), ok: 200 },
        { ...own, type: json.type },
        null,
      );
    const fresh = () => new URL(host.launchUrl()).hash.replace('#t=', '');
    const used = fresh();
    expect((await swap(used)).status).toBe(200);
    const refused = [await swap(used)];
    const expired = fresh();
    host.time.offset += 60_000;
    refused.push(await swap(expired));
    const replaced = fresh();
    const last = fresh();
    refused.push(await swap(replaced), await swap(credentials.tab), await swap(''));
    for (const reply of refused) {
      expect(reply.status).toBe(401);
      expectBare(reply);
    }
    expect((await swap(last)).status).toBe(200);
  });

  it('of a second tab are good beside the first, and only with the cookie they came with', async () => {
    const surface = surfaces['a call'] ?? { path: '/', ok: 200 };
    const swap = { ...json, path: '/api/session', body: '{}', ok: 200 };
    const opened = await host.ask({
      ...swap,
      headers: [...signedIn(host, credentials), ['content-type', json.type]],
    });
    const { token } = JSON.parse(opened.body).data;
    const other = await enter(host);
    const status = async (tokens: Credentials) =>
      (await ask(surface, { ...own, type: json.type }, tokens)).status;
    expect(await status({ cookie: credentials.cookie, tab: token })).toBe(200);
    expect(await status(credentials)).toBe(200);
    expect(await status({ cookie: other.cookie, tab: token })).toBe(401);
  });
});

describe('an export', () => {
  it('is neither given nor used up by who may not have it', async () => {
    const surface: Surface = { path: `/api/export/${exportId}`, ok: 200 };
    const hostile = combinations(surface).filter((combination) => !mayPass(surface, combination));
    await inTurns(hostile, async (combination) => expectBare(await ask(surface, combination, credentials)));
    await inTurns(combinations(surface), async (combination) =>
      expectBare(await ask(surface, combination, null)),
    );
    const own = await host.ask({ path: surface.path, headers: signedIn(host, credentials) });
    expect([own.status, own.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  });
});

describe('files beside the page', () => {
  const more = ['/./index.html', '/assets', '/assets/', 'http://127.0.0.1/secret.txt', '*', ''];

  it.each([...pathAttacks, ...more].map((path) => [path.slice(0, 60), path]))(
    'are not reached by %s',
    async (_shown, path) => {
      const reply = await host.ask({ path });
      // What is no address at all does not get past the parser.
      expect([400, 404]).toContain(reply.status);
      expect(reply.body).not.toMatch(/outside the window|<title>/);
    },
  );
});
