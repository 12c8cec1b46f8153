import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Core } from '../../core/index.ts';
import { markOwnPort } from '../../platform/network/own-ports.ts';
import type { Ports } from '../../platform/ports.ts';
import { createConnections } from './connections.ts';
import { createEventStreams } from './events.ts';
import { refusalOf } from './gate.ts';
import { createInbox } from './inbox.ts';
import { listenOnLoopback } from './listen.ts';
import { createPages } from './pages.ts';
import { type Refusal, sendRefusal } from './reply.ts';
import { createRoutes, type Exchange, type Route } from './routes.ts';
import { createSessions } from './sessions.ts';
import { cookiesNamed, tooManyFailures, unauthorised } from './tokens.ts';

export interface WebServerOptions {
  readonly core: Core;
  readonly ports: Pick<Ports, 'clock' | 'log' | 'dataDir'>;
  /** 0: any free one. */
  readonly port: number;
  /** The built window. */
  readonly rendererDir: string;
  /** Somebody opened the page without a link that works, and none is waiting: show them a fresh one. */
  readonly onLinkWanted?: () => void;
}

export interface WebServer {
  readonly port: number;
  /** A fresh URL that opens the window once, within 60 seconds. */
  launchUrl(): string;
  /** Ends the streams, lets running calls answer for up to five seconds and removes uploads. */
  stop(): Promise<void>;
}

const graceMs = 5_000;

/** The window over loopback HTTP: `routes.ts` says what it offers and how a page uses it. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { core, ports } = options;
  const sessions = createSessions(ports.clock);
  const streams = createEventStreams();
  const inbox = createInbox(ports.dataDir);
  const pages = createPages(options.rendererDir);
  const wantLink = () => sessions.hasLiveLaunch() || options.onLinkWanted?.();
  const routes = createRoutes({
    core,
    sessions,
    streams,
    inbox,
    pages,
    wantLink,
  });
  const connections = createConnections();
  let port = options.port;

  const answer = async (exchange: Exchange, route: Route): Promise<Refusal | null> => {
    const { request, response } = exchange;
    const closed = refusalOf(request, port, route.entrance);
    if (closed !== null) return closed;
    if (route.isOpen) return route.handle(exchange);
    const tab = request.headers['x-llmlab-token'];
    if (typeof tab !== 'string') return unauthorised;
    if (!sessions.accepts(cookiesNamed(request, exchange.cookieName), tab))
      return tooManyFailures(sessions.fail()) ?? unauthorised;
    response.once('close', connections.hold(request.socket));
    return route.handle(exchange);
  };

  const listening = await listenOnLoopback(port, connections, async (request, response) => {
    const startedAt = ports.clock.now();
    const exchange = exchangeOf(request, response, port);
    const route = routes(exchange.path);
    response.once('close', () => {
      const facts = { status: response.statusCode, ms: ports.clock.now() - startedAt };
      // The route's own name, never the address: an address can hold anything a page or a person put there.
      ports.log.info(
        `${route.entrance.methods.includes(request.method ?? '') ? request.method : '-'} ${route.name}`,
        facts,
      );
    });
    try {
      const refusal = await answer(exchange, route);
      if (refusal !== null) sendRefusal(response, refusal);
    } catch (error) {
      ports.log.error(`the web host failed on ${route.name}`, { error });
      if (response.headersSent) response.destroy();
      else
        sendRefusal(response, {
          status: 500,
          code: 'INTERNAL',
          message: 'LLMLab failed here; its log says why.',
        });
    }
  });
  port = listening.port;
  const unmarkPort = markOwnPort(port);
  const silence = core.events.listen((event) => streams.send(event));

  return {
    port,
    launchUrl: () => `http://127.0.0.1:${port}/#t=${sessions.mint()}`,
    stop: async () => {
      silence();
      streams.close();
      await Promise.all(listening.servers.map(closeServer));
      unmarkPort();
      inbox.empty();
    },
  };
}

/** Waits for replies under way, then for no one. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  // A connection turns idle when its last reply is out, and would be kept for the next request.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const impatience = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(impatience);
}

function exchangeOf(request: IncomingMessage, response: ServerResponse, port: number): Exchange {
  const url = request.url ?? '';
  const end = url.indexOf('?');
  const path = end === -1 ? url : url.slice(0, end);
  const query = new URLSearchParams(end === -1 ? '' : url.slice(end));
  return { request, response, path, query, cookieName: `llmlab-${port}` };
}
