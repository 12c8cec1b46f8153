import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enter, raw, requestText, signedIn, startTestHost, type TestHost } from './test-host.ts';

let host: TestHost;
let crowd: Socket[];
beforeEach(async () => {
  host = await startTestHost();
  crowd = [];
});
afterEach(async () => {
  for (const socket of crowd) socket.destroy();
  await host.stop();
});

/** Sockets that were let in, each of which says so much and no more. Being shown the door is part of it. */
async function come(count: number, says = ''): Promise<readonly Socket[]> {
  const sockets = Array.from({ length: count }, () => connect(host.port, '127.0.0.1').on('error', () => {}));
  crowd.push(...sockets);
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  for (const socket of sockets) socket.write(says);
  return sockets;
}

const json = ['content-type', 'application/json'] as const;

/** What a window does when it opens: the page, its link, and a call. */
async function openWindow(): Promise<readonly number[]> {
  const page = await host.ask({ path: '/' });
  const headers = [...signedIn(host, await enter(host)), json];
  const body = '{"route":"app.info","input":{}}';
  const call = await host.ask({ method: 'POST', path: '/api/call', headers, body });
  return [page.status, call.status];
}

const upTo = (text: string) => text.slice(0, text.lastIndexOf('connection: close'));

describe('a window opens while there are', () => {
  it.each([
    ['500 sockets that say nothing', () => ''],
    ['500 sockets in the middle of their headers', () => upTo(requestText(host.port, { path: '/' }))],
    [
      '500 sockets in the middle of a body nobody may send without a session',
      () =>
        `${requestText(host.port, {
          method: 'POST',
          path: '/api/session',
          headers: [['origin', host.origin], json, ['content-length', '1000']],
        })}{"token":`,
    ],
  ])('%s', async (_what, says) => {
    await come(500, says());
    expect(await openWindow()).toEqual([200, 200]);
  });
});

describe('a crowd', () => {
  it('does not end the events of a window that is open', async () => {
    const headers = Object.fromEntries(signedIn(host, await enter(host)));
    const response = await fetch(`${host.origin}/api/events`, { headers });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe(': open\n\n');
    await come(500);
    expect(await openWindow()).toEqual([200, 200]);
    host.core.emit({ kind: 'navigate', to: '/sources' });
    expect((await reader?.read())?.value).toContain('/sources');
    await reader?.cancel();
  });

  it('does not break off an upload', async () => {
    const request = requestText(host.port, {
      method: 'POST',
      path: '/api/upload?name=a.csv',
      headers: [
        ...signedIn(host, await enter(host)),
        ['content-type', 'application/octet-stream'],
        ['content-length', '8'],
      ],
    });
    const socket = connect(host.port, '127.0.0.1', () => socket.write(`${request}half`));
    crowd.push(socket);
    const inbox = join(host.dataDir, 'inbox');
    await expect.poll(() => existsSync(inbox) && readdirSync(inbox).length).toBe(1);
    await come(500);
    expect(await openWindow()).toEqual([200, 200]);
    socket.write('half');
    const [reply] = await once(socket.setEncoding('utf8'), 'data');
    expect(reply).toContain('200 OK');
  });

  it('keeps at most 256 sockets: the one that waited longest goes first', async () => {
    const [first, second, ...others] = await come(256);
    const [last] = await come(1);
    await new Promise((resolve) => first?.once('close', resolve));
    expect([second, ...others, last].filter((socket) => socket?.closed)).toEqual([]);
  });
});

describe('a request', () => {
  const text = (head: string, body = '') => `${head}\r\nhost: 127.0.0.1:${host.port}\r\n${body}`;

  it('with headers over 64 KiB is refused', async () => {
    const reply = await raw(host.port, text('GET / HTTP/1.1', `x: ${'a'.repeat(66_000)}\r\n\r\n`));
    expect([reply.status, reply.body]).toEqual([431, '']);
  });

  it('of more than 32 MiB is refused while it is read, when it does not state its size', async () => {
    const lines = [...signedIn(host, await enter(host)), json].map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    const head = text('POST /api/call HTTP/1.1', `${lines.join('')}transfer-encoding: chunked\r\n\r\n`);
    const chunk = `${(1024 ** 2).toString(16)}\r\n${' '.repeat(1024 ** 2)}\r\n`;
    const socket = connect(host.port, '127.0.0.1').on('error', () => {});
    crowd.push(socket);
    let said = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      said += part;
    });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(head);
    for (let n = 0; n < 33; n += 1) socket.write(chunk);
    await closed;
    expect(said).toMatch(/^HTTP\/1\.1 413 /);
    expect(await openWindow()).toEqual([200, 200]);
  });

  it.each([
    ['that is not HTTP', 'hello\r\n\r\n'],
    ['that names no host', 'GET / HTTP/1.1\r\n\r\n'],
    [
      'with two lengths',
      'POST /api/call HTTP/1.1\r\nhost: HOST\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}',
    ],
    [
      'with a length and chunks',
      'POST /api/call HTTP/1.1\r\nhost: HOST\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['of a negative length', 'POST /api/call HTTP/1.1\r\nhost: HOST\r\ncontent-length: -1\r\n\r\n'],
    ['with a folded header', 'GET / HTTP/1.1\r\nhost: HOST\r\nx: a\r\n b\r\nno colon\r\n\r\n'],
    ['of another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ])('%s is refused in silence, and the next caller is served', async (_what, bytes) => {
    const reply = await raw(host.port, bytes.replace('HOST', `127.0.0.1:${host.port}`));
    // Node itself answers who names no host, with an empty body in chunks.
    expect([reply.status, reply.body.replace(/^0\r\n\r\n$/, '')]).toEqual([400, '']);
    expect(await openWindow()).toEqual([200, 200]);
  });

  it('to become another protocol is answered as any other', async () => {
    const upgrade = 'connection: Upgrade\r\nupgrade: websocket\r\norigin: http://evil.test\r\n\r\n';
    expect((await raw(host.port, text('GET /api/events HTTP/1.1', upgrade))).status).toBe(403);
  });
});
