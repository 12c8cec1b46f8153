import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { RouteName } from '../../../src-preload/contract/index.ts';
import type { Core } from '../../core/index.ts';
import { readJson } from './body.ts';
import { sendExport } from './downloads.ts';
import type { EventStreams } from './events.ts';
import type { Entrance } from './gate.ts';
import type { Inbox } from './inbox.ts';
import { type Refusal, sendJson } from './reply.ts';
import type { Sessions } from './sessions.ts';
import { cookiesNamed, tooManyFailures, unauthorised } from './tokens.ts';

/**
 * What a page served by this host can ask for. Every request is same-origin `fetch`; every one but the first carries
 * the header `x-llmlab-token` beside the cookie. Replies are the contract's envelope unless stated.
 *
 * | request | body | answer |
 * |---|---|---|
 * | `POST /api/session` | `{token}` from the URL's fragment `#t=…` (once, within 60 s) | `{ok:true,data:{token}}` and the cookie |
 * | `POST /api/session` | `{}` with the cookie: a further tab | `{ok:true,data:{token}}` |
 * | `POST /api/call` | `{route, input}` | the envelope of the call, status 200 whatever it says |
 * | `GET /api/events` | | server-sent events, one `data: {json}\n\n` per CoreEvent; `:` comments keep it alive (15 s) |
 * | `POST /api/upload?name=…` | the file, `application/octet-stream`, at most 2 GiB | `{ok:true,data:{uploadId}}` for `fileRef` |
 * | `GET /api/export/:exportId` | | the file itself, once |
 *
 * The page takes the token out of the address at once (`history.replaceState`), keeps the answered one in
 * sessionStorage and reads events from the body of a `fetch` (EventSource cannot send the header). Status 401 means
 * "start over with a new link", 429 "wait `retry-after` seconds"; every refusal has an envelope with a sentence.
 */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly cookieName: string;
}

export interface Route {
  /** What the access log calls it. */
  readonly name: string;
  readonly entrance: Entrance;
  /** Whether it is reached without a session. */
  readonly isOpen: boolean;
  handle(exchange: Exchange): Promise<Refusal | null>;
}

export interface Rooms {
  readonly core: Core;
  readonly sessions: Sessions;
  readonly streams: EventStreams;
  readonly inbox: Inbox;
  readonly pages: (response: ServerResponse, method: string, path: string) => Promise<Refusal | null>;
  readonly wantLink: () => void;
}

const json = { methods: ['POST'], mediaType: 'application/json', navigable: false } as const;
const bytes = { methods: ['POST'], mediaType: 'application/octet-stream', navigable: false } as const;
const read = { methods: ['GET'], mediaType: null, navigable: false } as const;
const page = { methods: ['GET', 'HEAD'], mediaType: null, navigable: true } as const;

const sessionBody = z.strictObject({ token: z.string().max(200).optional() });
const callBody = z.strictObject({ route: z.string().max(100), input: z.unknown() });
const exportPath = '/api/export/';

/** The route of a path; what is not part of the API is a page (or nothing). */
export function createRoutes(rooms: Rooms): (path: string) => Route {
  const { core, streams, pages } = rooms;
  const routes: Readonly<Record<string, Route>> = {
    '/api/session': {
      name: 'session',
      entrance: json,
      isOpen: true,
      handle: (exchange) => enter(rooms, exchange),
    },
    '/api/call': { name: 'call', entrance: json, isOpen: false, handle: (exchange) => call(core, exchange) },
    '/api/upload': {
      name: 'upload',
      entrance: bytes,
      isOpen: false,
      handle: (exchange) => upload(rooms, exchange),
    },
    '/api/events': {
      name: 'events',
      entrance: read,
      isOpen: false,
      handle: async ({ response }) => {
        streams.open(response);
        return null;
      },
    },
  };
  const exported: Route = {
    name: 'export',
    entrance: read,
    isOpen: false,
    handle: ({ response, path }) => sendExport(core, response, path.slice(exportPath.length)),
  };
  const pageRoute: Route = {
    name: 'page',
    entrance: page,
    isOpen: true,
    handle: ({ request, response, path }) => pages(response, request.method ?? '', path),
  };
  return (path) => {
    if (Object.hasOwn(routes, path)) return routes[path] ?? pageRoute;
    return path.startsWith(exportPath) ? exported : pageRoute;
  };
}

async function enter(rooms: Rooms, { request, response, cookieName }: Exchange): Promise<Refusal | null> {
  const body = await readJson(request);
  if ('refusal' in body) return body.refusal;
  const parsed = sessionBody.safeParse(body.value);
  if (!parsed.success) return badBody('{"token": "…"} or {}');
  const { token } = parsed.data;
  const opened = token === undefined ? openTab(rooms, request, cookieName) : rooms.sessions.launch(token);
  if (opened !== null) {
    const cookie = `${cookieName}=${opened.cookie}; Path=/; HttpOnly; SameSite=Strict`;
    sendJson(
      response,
      200,
      { ok: true, data: { token: opened.tab } },
      opened.cookie === null ? {} : { 'set-cookie': cookie },
    );
    return null;
  }
  const slowDown = token === undefined ? null : tooManyFailures(rooms.sessions.fail());
  if (slowDown === null) rooms.wantLink();
  return slowDown ?? unauthorised;
}

function openTab({ sessions }: Rooms, request: IncomingMessage, cookieName: string) {
  const tab = sessions.openTab(cookiesNamed(request, cookieName));
  return tab === null ? null : { cookie: null, tab };
}

async function call(core: Core, { request, response }: Exchange): Promise<Refusal | null> {
  const body = await readJson(request);
  if ('refusal' in body) return body.refusal;
  const parsed = callBody.safeParse(body.value);
  if (!parsed.success) return badBody('{"route": "…", "input": {…}}');
  // The core answers for names it does not know.
  const route = parsed.data.route as RouteName;
  const result = await core.call(route, parsed.data.input as never, { trusted: true, label: 'web' });
  if (!response.destroyed) sendJson(response, 200, result);
  return null;
}

async function upload(
  { core, inbox }: Rooms,
  { request, response, query }: Exchange,
): Promise<Refusal | null> {
  const received = await inbox.receive(request, query.get('name'));
  if ('refusal' in received) return received.refusal;
  const { uploadId, path, fileName } = received.upload;
  core.acceptUpload(uploadId, path, fileName);
  sendJson(response, 200, { ok: true, data: { uploadId } });
  return null;
}

function badBody(shape: string): Refusal {
  return { status: 400, code: 'BAD_INPUT', message: `The body must be ${shape}.` };
}
