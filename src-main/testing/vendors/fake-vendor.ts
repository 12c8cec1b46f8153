import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { checkTarget } from '../../platform/network/policy.ts';
import type { Network, NetworkPolicy } from '../../platform/ports.ts';

/** A request as it reached the fake vendor. */
export interface SeenRequest {
  readonly method: string;
  /** As the caller meant it: `https://api.example.com/v1/models?limit=1`. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** What it answers. Without `json`, `text` or `chunks` the body is empty. */
export interface FakeReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  /** Written one after the other, with a pause before each where one is given: a stream. */
  readonly chunks?: readonly string[];
  readonly pauseMs?: number;
  /** Cuts the connection after what was written. */
  readonly isCut?: boolean;
  /** Never answers. */
  readonly hangs?: boolean;
  /** Says nothing more after what was written, and does not end. */
  readonly hangsAfter?: boolean;
}

export type Answer = FakeReply | ((request: SeenRequest) => FakeReply | Promise<FakeReply>);

export interface FakeVendor extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`: for connections with a base of their own. */
  readonly origin: string;
  /** Everything asked so far. */
  readonly seen: readonly SeenRequest[];
  /** A network in which every origin the policy allows is this server; `*` alone allows all of them. */
  readonly network: Network;
  /** `target` is a URL without query, `*` standing for anything, or a path alone for any host. The newest answer wins. */
  answer(method: string, target: string, answer: Answer): void;
}

interface Rule {
  readonly method: string;
  readonly pattern: RegExp;
  readonly answer: Answer;
}

const realOrigin = 'x-fake-vendor-origin';

/** Starts a server on loopback that stands in for any number of vendors. What it was not told to answer is 404. */
export async function startFakeVendor(): Promise<FakeVendor> {
  const rules: Rule[] = [];
  const seen: SeenRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    void handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = await read(incoming, origin());
    seen.push(request);
    const rule = rules.findLast(
      ({ method, pattern }) =>
        method === request.method &&
        (pattern.test(`${request.url.origin}${request.url.pathname}`) || pattern.test(request.url.pathname)),
    );
    const reply =
      rule === undefined ? { status: 404, json: { error: { message: 'not found' } } } : rule.answer;
    await write(outgoing, typeof reply === 'function' ? await reply(request) : reply);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: origin(),
    seen,
    network: { open: (policy) => (input, init) => redirect(origin(), { policy, input, init }) },
    answer(method, target, answer) {
      const pattern = new RegExp(`^${target.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
      rules.push({ method, pattern, answer });
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends a request to the fake server instead, and tells it where it was meant to go. */
async function redirect(
  origin: string,
  {
    policy,
    input,
    init,
  }: { policy: NetworkPolicy; input: string | URL | Request; init?: RequestInit | undefined },
): Promise<Response> {
  const request = new Request(input, init);
  const meant = new URL(request.url);
  if (!policy.origins.includes('*')) checkTarget(meant, policy);
  const headers = new Headers(request.headers);
  headers.set(realOrigin, meant.origin);
  const body = request.body === null ? null : await request.arrayBuffer();
  return fetch(`${origin}${meant.pathname}${meant.search}`, {
    method: request.method,
    headers,
    body,
    signal: request.signal,
    redirect: 'manual',
  });
}

async function read(incoming: IncomingMessage, own: string): Promise<SeenRequest> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const { [realOrigin]: meant, ...headers } = incoming.headers;
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', typeof meant === 'string' ? meant : own),
    // A header that came several times is joined: no vendor sends or reads one.
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(parts).toString('utf8'),
  };
}

async function write(outgoing: ServerResponse, reply: FakeReply): Promise<void> {
  if (reply.hangs) return;
  const isJson = reply.json !== undefined;
  const usual = { 'content-type': isJson ? 'application/json' : 'text/plain; charset=utf-8' };
  outgoing.writeHead(reply.status ?? 200, { ...usual, ...reply.headers });
  const chunks = reply.chunks ?? [isJson ? JSON.stringify(reply.json) : (reply.text ?? '')];
  for (const chunk of chunks) {
    if (reply.pauseMs !== undefined) await wait(reply.pauseMs);
    await new Promise((resolve) => outgoing.write(chunk, resolve));
  }
  if (reply.hangsAfter) return;
  if (reply.isCut) outgoing.destroy();
  else outgoing.end();
}
