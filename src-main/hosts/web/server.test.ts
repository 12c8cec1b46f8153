import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enter, signedIn, startTestHost, type TestHost, tokenOf } from './test-host.ts';

let host: TestHost;
beforeEach(async () => {
  host = await startTestHost();
});
afterEach(() => host.stop());

const json = ['content-type', 'application/json'] as const;

function session(body: unknown, cookie?: string) {
  const headers = [['origin', host.origin] as const, json, ...(cookie ? [['cookie', cookie] as const] : [])];
  return host.ask({ method: 'POST', path: '/api/session', headers, body: JSON.stringify(body) });
}

async function call(route: string, input: unknown) {
  const headers = [...signedIn(host, await enter(host)), json];
  const reply = await host.ask({
    method: 'POST',
    path: '/api/call',
    headers,
    body: JSON.stringify({ route, input }),
  });
  return { ...reply, result: JSON.parse(reply.body) };
}

/** `stated`: a content length that is claimed, and no body behind it. */
async function upload(name: string, body = '', stated?: number) {
  const headers = [
    ...signedIn(host, await enter(host)),
    ['content-type', 'application/octet-stream'] as const,
    ...(stated === undefined ? [] : [['content-length', String(stated)] as const]),
  ];
  const path = `/api/upload?name=${encodeURIComponent(name)}`;
  return host.ask({ method: 'POST', path, headers, ...(stated === undefined ? { body } : {}) });
}

describe('the link', () => {
  it('is swapped once for a strict, http-only cookie named with the port, and a tab token', async () => {
    const token = tokenOf(host.launchUrl());
    const first = await session({ token });
    expect(first.headers['set-cookie']).toMatch(
      new RegExp(`^llmlab-${host.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect(JSON.parse(first.body).data.token).toMatch(/^[\w-]{43}$/);
    const second = await session({ token });
    expect([second.status, second.headers['set-cookie']]).toEqual([401, undefined]);
  });

  it('is dead after a minute', async () => {
    const token = tokenOf(host.launchUrl());
    host.time.offset = 60_001;
    expect((await session({ token })).status).toBe(401);
  });

  it('is shown anew to who comes without one, but not while one is waiting', async () => {
    const token = tokenOf(host.launchUrl());
    await session({});
    expect(host.wanted.links).toBe(0);
    await session({ token });
    await session({ token });
    expect(host.wanted.links).toBe(1);
  });

  it('gives a second tab its own token for the cookie alone', async () => {
    const { cookie, tab } = await enter(host);
    const reply = await session({}, cookie);
    const { token } = JSON.parse(reply.body).data;
    expect([reply.status, reply.headers['set-cookie'], token === tab]).toEqual([200, undefined, false]);
  });

  it('guessed eleven times in a minute is slowed down; the right one still opens', async () => {
    const statuses = [];
    for (let n = 0; n < 11; n += 1) statuses.push((await session({ token: `guess ${n}` })).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
    expect((await session({ token: tokenOf(host.launchUrl()) })).status).toBe(200);
  });

  it('leaves no token in the log, wherever a page puts it', async () => {
    const token = tokenOf(host.launchUrl());
    const { cookie, tab } = await enter(host, token);
    const headers = signedIn(host, { cookie, tab });
    await host.ask({ path: `/api/call?t=${token}&x=${tab}`, headers });
    await host.ask({ path: `/${tab}`, headers });
    await host.ask({ path: `/api/export/${tab}`, headers });
    const log = host.logged.join('');
    expect(log).toContain('export');
    for (const secret of [token, tab, cookie.split('=')[1] ?? '']) expect(log).not.toContain(secret);
  });
});

describe('calls', () => {
  it('answer with the envelope of the core', async () => {
    const { status, result, headers } = await call('app.info', {});
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(result).toMatchObject({ ok: true, data: { host: 'web', records: 0 } });
  });

  it.each([
    ['a route that is not there', 'no.such', {}],
    ['a name of Object.prototype', 'constructor', {}],
    ['input of the wrong shape', 'imports.undo', { importId: 'x' }],
  ])('answer with the error of the core: %s', async (_what, route, input) => {
    const { status, result } = await call(route, input);
    expect([status, result.ok]).toEqual([200, false]);
    expect(result.error.message).not.toBe('');
  });

  it.each([
    ['no JSON', '{"route":'],
    ['no object', '[]'],
    ['a field too many', '{"route":"app.info","input":{},"caller":{"trusted":true}}'],
    ['nested 100,000 deep', `{"route":"app.info","input":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('with a body that is %s are refused', async (_what, body) => {
    const headers = [...signedIn(host, await enter(host)), json];
    const reply = await host.ask({ method: 'POST', path: '/api/call', headers, body });
    expect([reply.status, JSON.parse(reply.body).error.code]).toEqual([400, 'BAD_INPUT']);
  });

  it('of more than 32 MiB are refused by their stated size, before they are read', async () => {
    const headers = [
      ...signedIn(host, await enter(host)),
      json,
      ['content-length', String(33 * 1024 ** 2)] as const,
    ];
    const reply = await host.ask({ method: 'POST', path: '/api/call', headers });
    expect(reply.status).toBe(413);
  });
});

describe('events', () => {
  it('reach an open stream as one frame each', async () => {
    const headers = [...signedIn(host, await enter(host))];
    const response = await fetch(`${host.origin}/api/events`, { headers: Object.fromEntries(headers) });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe(': open\n\n');
    host.core.emit({ kind: 'navigate', to: '/sources' });
    expect((await reader?.read())?.value).toBe('data: {"kind":"navigate","to":"/sources"}\n\n');
    await reader?.cancel();
  });

  it('end when the host stops, which does not wait for them', async () => {
    const headers = Object.fromEntries(signedIn(host, await enter(host)));
    const response = await fetch(`${host.origin}/api/events`, { headers });
    await host.close();
    expect(await response.text()).toBe(': open\n\n');
  });
});

describe('uploads', () => {
  it('become a file the core can read, under a name of ours', async () => {
    const csv = readFileSync(
      join(import.meta.dirname, '../../testing/fixtures/samples/openai_cost.csv'),
      'utf8',
    );
    const reply = await upload('../../openai_cost.csv', csv);
    const { uploadId } = JSON.parse(reply.body).data;
    expect(readdirSync(join(host.dataDir, 'inbox'))).toEqual([uploadId]);
    const { result } = await call('imports.preview', { file: { uploadId } });
    expect(result.data.files[0]).toMatchObject({
      kind: 'ready',
      fileName: 'openai_cost.csv',
      format: 'openai-cost',
    });
  });

  it('of more than 2 GiB are refused by their stated size', async () => {
    const reply = await upload('big.csv', '', 2 * 1024 ** 3 + 1);
    expect([reply.status, JSON.parse(reply.body).error.code]).toEqual([413, 'FILE_TOO_LARGE']);
  });

  it('that break off leave nothing behind', async () => {
    const { cookie, tab } = await enter(host);
    const lines = [...signedIn(host, { cookie, tab })]
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    const socket = connect(host.port, '127.0.0.1');
    const head = `POST /api/upload?name=a.csv HTTP/1.1\r\nhost: 127.0.0.1:${host.port}\r\n${lines}`;
    socket.write(`${head}content-type: application/octet-stream\r\ncontent-length: 100\r\n\r\nhalf`);
    const inbox = join(host.dataDir, 'inbox');
    await expect.poll(() => existsSync(inbox) && readdirSync(inbox).length).toBe(1);
    socket.destroy();
    await expect.poll(() => readdirSync(inbox)).toEqual([]);
  });

  it('without a name are refused', async () => {
    for (const name of ['', '..', 'a/', '\u0000']) expect((await upload(name)).status).toBe(400);
  });

  it('are removed when the host stops', async () => {
    await upload('a.csv', 'a,b');
    expect(readdirSync(join(host.dataDir, 'inbox'))).toHaveLength(1);
    await host.close();
    expect(existsSync(join(host.dataDir, 'inbox'))).toBe(false);
  });
});

describe('exports', () => {
  it('are handed over once, as a file to save', async () => {
    const { result } = await call('exports.create', { format: 'csv', filters: {} });
    const { exportId, fileName } = result.data;
    const headers = signedIn(host, await enter(host));
    const first = await host.ask({ path: `/api/export/${exportId}`, headers });
    expect(first.status).toBe(200);
    expect(first.headers['content-disposition']).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    );
    expect((await host.ask({ path: `/api/export/${exportId}`, headers })).status).toBe(404);
  });
});

describe('pages', () => {
  it('answer HEAD with the size alone', async () => {
    const reply = await host.ask({ method: 'HEAD', path: '/assets/app-1a2b.js' });
    expect([reply.status, reply.headers['content-length'], reply.body]).toEqual([200, '10', '']);
  });
});

describe('a start', () => {
  it('a port in use is said to be', async () => {
    const { startWebServer } = await import('./server.ts');
    const { core, dataDir } = host;
    const ports = { clock: { now: Date.now }, log: { info() {}, warn() {}, error() {} }, dataDir };
    const second = startWebServer({ core, ports, port: host.port, rendererDir: join(host.dir, 'renderer') });
    await expect(second).rejects.toThrow(`Port ${host.port} is already taken`);
  });

  it('a window that is not built is said to be', async () => {
    const { startWebServer } = await import('./server.ts');
    const ports = {
      clock: { now: Date.now },
      log: { info() {}, warn() {}, error() {} },
      dataDir: host.dataDir,
    };
    const second = startWebServer({ core: host.core, ports, port: 0, rendererDir: join(host.dir, 'none') });
    await expect(second).rejects.toThrow('The window is not built');
  });
});
