import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore } from '../../core/index.ts';
import { createLog } from '../../platform/log.ts';
import { nodePorts } from '../../platform/node-ports.ts';
import type { Ports } from '../../platform/ports.ts';
import { layTraps } from '../../testing/hostile/path-attacks.ts';
import { startWebServer } from './server.ts';

export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends exactly these bytes and reads to the end of the connection: no client library tidies anything up. */
export function raw(port: number, text: string | Buffer, host = '127.0.0.1'): Promise<RawReply> {
  const { promise, resolve, reject } = Promise.withResolvers<RawReply>();
  const socket = connect(port, host, () => socket.write(text));
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', reject);
  socket.on('close', () => resolve(parseReply(Buffer.concat(chunks).toString('utf8'))));
  return promise;
}

/** The same, but leaves once the head of the reply is there: a stream of events has no end. */
export function rawHead(port: number, text: string): Promise<RawReply> {
  const { promise, resolve, reject } = Promise.withResolvers<RawReply>();
  const socket = connect(port, '127.0.0.1', () => socket.write(text));
  let said = '';
  socket.setEncoding('utf8').on('data', (part: string) => {
    said += part;
    if (said.includes('\r\n\r\n')) socket.destroy();
  });
  socket.on('error', reject);
  socket.on('close', () => resolve(parseReply(said)));
  return promise;
}

function parseReply(text: string): RawReply {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: rest.join('\r\n\r\n') };
}

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  /** Written as they are, in order; the host comes first unless it is given here. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
}

export function requestText(port: number, { method = 'GET', path, headers = [], body }: RawRequest): string {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const all = [
    ...(names.has('host') ? [] : [['host', `127.0.0.1:${port}`]]),
    ...headers,
    ...(body === undefined ? [] : [['content-length', String(Buffer.byteLength(body))]]),
    ['connection', 'close'],
  ];
  return `${method} ${path} HTTP/1.1\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body ?? ''}`;
}

/** A web host on a temp folder, with the real core, a clock that can be moved and its log in memory. */
export async function startTestHost() {
  const dir = mkdtempSync(join(tmpdir(), 'llmlab-web-'));
  const rendererDir = join(dir, 'renderer');
  mkdirSync(join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>LLMLab</title>');
  writeFileSync(join(rendererDir, 'assets', 'app-1a2b.js'), 'export {};');
  layTraps(dir, rendererDir);
  const logged: string[] = [];
  const time = { offset: 0 };
  const clock = { now: () => Date.now() + time.offset };
  const ports: Ports = {
    ...nodePorts({ host: 'web', heavyWork: 'inline', dataDir: join(dir, 'data'), env: {} }),
    clock,
    log: createLog(clock, (line) => logged.push(line)),
  };
  const core = createCore(ports);
  await core.start();
  const wanted = { links: 0 };
  const onLinkWanted = () => {
    wanted.links += 1;
  };
  const server = await startWebServer({ core, ports, port: 0, rendererDir, onLinkWanted });
  const origin = `http://127.0.0.1:${server.port}`;
  return {
    ...server,
    core,
    dir,
    dataDir: ports.dataDir,
    origin,
    logged,
    time,
    wanted,
    ask: (request: RawRequest) => raw(server.port, requestText(server.port, request)),
    /** Stops listening alone; the folder stays to be looked at. */
    close: server.stop,
    stop: async () => {
      await server.stop();
      await core.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export type TestHost = Awaited<ReturnType<typeof startTestHost>>;

export interface Credentials {
  readonly cookie: string;
  readonly tab: string;
}

/** What the page does with its link. */
export async function enter(host: TestHost, token = tokenOf(host.launchUrl())): Promise<Credentials> {
  const reply = await host.ask({
    method: 'POST',
    path: '/api/session',
    headers: [
      ['origin', host.origin],
      ['content-type', 'application/json'],
    ],
    body: JSON.stringify({ token }),
  });
  const [cookie = ''] = (reply.headers['set-cookie'] ?? '').split(';');
  return { cookie, tab: JSON.parse(reply.body).data.token };
}

export function tokenOf(url: string): string {
  return new URL(url).hash.replace('#t=', '');
}

export function signedIn(
  host: TestHost,
  { cookie, tab }: Credentials,
): readonly (readonly [string, string])[] {
  return [
    ['origin', host.origin],
    ['cookie', cookie],
    ['x-llmlab-token', tab],
  ];
}
