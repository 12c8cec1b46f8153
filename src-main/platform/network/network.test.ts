import type { LookupAddress } from 'node:dns';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Resolve } from './lookup.ts';
import { createNetwork } from './network.ts';
import { markOwnPort } from './own-ports.ts';

/** A server on loopback that counts who comes. */
async function trap(handle: RequestListener = (_, response) => void response.end('caught')) {
  const seen = {
    connections: 0,
    requests: [] as { url: string; authorization: string | undefined; method: string }[],
  };
  const server = createServer((request, response) => {
    const { url = '', method = '', headers } = request;
    seen.requests.push({ url, method, authorization: headers.authorization });
    handle(request, response);
  });
  server.on('connection', () => seen.connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    seen,
    port,
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with one list of addresses after the other, and the last one from then on. */
function resolver(...answers: readonly (readonly string[])[]): Resolve & { readonly asked: string[] } {
  const asked: string[] = [];
  const resolve = (name: string, _: unknown, done: (error: null, found: LookupAddress[]) => void): void => {
    const addresses = answers[Math.min(asked.push(name), answers.length) - 1] ?? [];
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  // The system's has more overloads than a network uses.
  return Object.assign(resolve as unknown as Resolve, { asked });
}

const open = (
  origins: readonly string[],
  { isLocal = true, resolve }: { isLocal?: boolean; resolve?: Resolve } = {},
) =>
  createNetwork({ env: {}, connectTimeoutMs: 300, ...(resolve ? { resolve } : {}) }).open({
    origins,
    isLocal,
  });

test('a declared server is asked with method, headers and body, and its answer is the platform’s own', async () => {
  await using server = await trap((request, response) => {
    request.pipe(response.writeHead(201, { 'x-kind': 'echo', 'content-type': 'application/json' }));
  });
  const fetch = open([server.origin]);
  const reply = await fetch(`${server.origin}/v1/x?y=1`, {
    method: 'POST',
    headers: { authorization: 'Bearer test' },
    body: JSON.stringify({ a: 'ü' }),
  });
  expect(reply).toBeInstanceOf(Response);
  expect(reply.url).toBe(`${server.origin}/v1/x?y=1`);
  expect([reply.status, reply.headers.get('x-kind'), await reply.json()]).toEqual([201, 'echo', { a: 'ü' }]);
  expect(server.seen.requests).toEqual([{ url: '/v1/x?y=1', method: 'POST', authorization: 'Bearer test' }]);
  const asRequest = await fetch(
    new Request(`${server.origin}/r`, { method: 'PUT', body: new URLSearchParams('a=1') }),
  );
  expect(await asRequest.text()).toBe('a=1');
});

test('nothing reaches a server that is not declared, is not called local, or is this process', async () => {
  await using server = await trap();
  await expect(open(['https://api.example.com'])(server.origin)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const tls = server.origin.replace('http', 'https');
  await expect(open([tls], { isLocal: false })(tls)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const login = server.origin.replace('//', '//user:pass@');
  await expect(open([server.origin])(login)).rejects.toThrow(/name or password/);
  const unmark = markOwnPort(server.port);
  await expect(open([server.origin])(server.origin)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const named = `http://localhost:${server.port}`;
  await expect(open([named])(named)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  unmark();
  expect(server.seen.connections).toBe(0);
  expect((await open([server.origin])(server.origin)).status).toBe(200);
});

test.each([
  ['loopback', ['127.0.0.1']],
  ['a public address and loopback', ['93.184.216.34', '127.0.0.1']],
  ['loopback in IPv6 clothes', ['::ffff:127.0.0.1']],
  ['a private network', ['192.168.0.10']],
  ['the metadata service', ['169.254.169.254']],
  ['nothing', []],
])('a vendor’s name that means %s is not followed', async (_, addresses) => {
  await using server = await trap();
  const origin = `https://rebound.example.com:${server.port}`;
  const fetch = open([origin], { isLocal: false, resolve: resolver(addresses) });
  await expect(fetch(origin)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(server.seen.connections).toBe(0);
});

test('a name that changes its meaning between the check and the connection gets nobody in', async () => {
  await using server = await trap();
  const origin = `https://rebound.example.com:${server.port}`;
  // A documentation address: nothing is there, so the connection fails after it was vetted.
  const resolve = resolver(['203.0.113.7'], ['127.0.0.1']);
  const fetch = open([origin], { isLocal: false, resolve });
  await expect(fetch(origin)).rejects.toMatchObject({ code: 'NETWORK' });
  expect(resolve.asked).toEqual(['rebound.example.com']);
  await expect(fetch(origin)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(server.seen.connections).toBe(0);
});

test('a server called local is pinned to its usable addresses, and not to a public one in the clear', async () => {
  await using server = await trap();
  const origin = `http://gpu.lan:${server.port}`;
  const resolve = resolver(['fe80::1', '127.0.0.1']);
  expect(await (await open([origin], { resolve })(origin)).text()).toBe('caught');
  expect(resolve.asked).toEqual(['gpu.lan']);
  const elsewhere = open([origin], { resolve: resolver(['93.184.216.34']) });
  await expect(elsewhere(origin)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('a redirect is followed within its origin and nowhere else', async () => {
  await using other = await trap();
  await using server = await trap((request, response) => {
    const hops = Number(/hop=(\d+)/.exec(request.url ?? '')?.[1] ?? Number.NaN);
    const location = Number.isNaN(hops) ? `${other.origin}/stolen` : hops > 0 ? `/?hop=${hops - 1}` : null;
    if (location === null) response.end(`${request.method}`);
    else response.writeHead(request.method === 'POST' ? 307 : 302, { location }).end();
  });
  const fetch = open([server.origin, other.origin]);
  const headers = { authorization: 'Bearer test' };
  expect(await (await fetch(`${server.origin}/?hop=5`, { headers })).text()).toBe('GET');
  const posted = await fetch(`${server.origin}/?hop=2`, { method: 'POST', body: 'x', headers });
  expect(await posted.text()).toBe('POST');
  await expect(fetch(`${server.origin}/?hop=6`)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  // Declared as it is: the key belongs to the first.
  await expect(fetch(`${server.origin}/away`, { headers })).rejects.toThrow(/its own origin only/);
  expect(other.seen.connections).toBe(0);
  const manual = await fetch(`${server.origin}/away`, { redirect: 'manual' });
  expect([manual.status, manual.headers.get('location')]).toEqual([302, `${other.origin}/stolen`]);
});

test('failures say what happened in plain words, and an abort stays an abort', async () => {
  await using server = await trap((request, response) => {
    if (request.url === '/cut') request.socket.destroy();
    else if (request.url === '/half') {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => request.socket.destroy());
    } else if (request.url !== '/hang') response.end();
  });
  const closed = await trap();
  await closed[Symbol.asyncDispose]();
  const fetch = open([server.origin, closed.origin]);
  await expect(fetch(closed.origin)).rejects.toMatchObject({
    code: 'NETWORK',
    message: expect.stringContaining('nothing listens there'),
  });
  await expect(fetch(`${server.origin}/cut`)).rejects.toMatchObject({ code: 'NETWORK' });
  const half = await fetch(`${server.origin}/half`);
  await expect(half.text()).rejects.toMatchObject({ code: 'NETWORK' });
  const controller = new AbortController();
  const hanging = fetch(`${server.origin}/hang`, { signal: controller.signal });
  controller.abort();
  await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
  const reason = new Error('the user has left');
  const left = fetch(`${server.origin}/hang`, { signal: AbortSignal.abort(reason) });
  await expect(left).rejects.toBe(reason);
});

test('a small answer that unpacks to a huge one is cut off', async () => {
  const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024));
  await using server = await trap((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
  });
  const reply = await open([server.origin])(server.origin);
  const read = async () => {
    let bytes = 0;
    for await (const chunk of reply.body ?? []) bytes += chunk.byteLength;
    return bytes;
  };
  await expect(read()).rejects.toMatchObject({ code: 'NETWORK' });
});

test('a proxy named in the environment is asked for public servers, and never for local ones', async () => {
  await using local = await trap();
  const asked: string[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const env = { HTTPS_PROXY: `http://127.0.0.1:${port}`, NO_PROXY: 'direct.example.com' };
  const network = createNetwork({ env, resolve: resolver(['127.0.0.1']), connectTimeoutMs: 300 });
  const vendor = (origin: string) => network.open({ origins: [origin], isLocal: false })(origin);
  await expect(vendor('https://api.example.com')).rejects.toMatchObject({ code: 'NETWORK' });
  expect(asked).toEqual(['api.example.com:443']);
  // Addresses and names that are never a vendor's are refused before the proxy hears of them.
  await expect(vendor('https://169.254.169.254')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(vendor('https://direct.example.com')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const reply = await network.open({ origins: [local.origin], isLocal: true })(local.origin);
  expect(await reply.text()).toBe('caught');
  expect(asked).toHaveLength(1);
  proxy.close();
});
