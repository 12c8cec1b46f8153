import { createServer, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../../platform/error.ts';
import type { Connections } from './connections.ts';

const limits = {
  maxHeaderSize: 64 * 1024,
  headersTimeout: 10_000,
  // No limit on a whole request: an upload or a long import takes as long as it takes. Bodies have their own clocks.
  requestTimeout: 0,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 30_000,
} as const;

export interface Listening {
  readonly port: number;
  readonly servers: readonly Server[];
}

/**
 * Listens on 127.0.0.1 and ::1, both on the same port (0: any free one). A machine without IPv6 gets the first only.
 * @throws AppError BUSY when the port is taken.
 */
export async function listenOnLoopback(
  wanted: number,
  connections: Connections,
  handle: RequestListener,
): Promise<Listening> {
  for (let attempt = 1; ; attempt += 1) {
    const v4 = newServer(connections, handle);
    const port = await bind(v4, '127.0.0.1', wanted);
    const v6 = newServer(connections, handle);
    try {
      await bind(v6, '::1', port);
      return { port, servers: [v4, v6] };
    } catch (error) {
      if (!(error instanceof AppError)) return { port, servers: [v4] };
      v4.close();
      if (wanted !== 0 || attempt === 5) throw error;
    }
  }
}

function newServer(connections: Connections, handle: RequestListener): Server {
  const server = createServer(limits, handle);
  server.timeout = 0;
  server.on('connection', connections.admit);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseSocket(error, socket));
  return server;
}

function bind(server: Server, host: string, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', (cause: NodeJS.ErrnoException) => reject(expected(cause, port) ?? cause));
  server.listen({ host, port, exclusive: true }, () => {
    const address = server.address();
    resolve(typeof address === 'object' && address ? address.port : port);
  });
  return promise;
}

function expected(cause: NodeJS.ErrnoException, port: number): AppError | null {
  const advice = 'Choose another with --port, or --port 0 for any free one.';
  if (cause.code === 'EADDRINUSE')
    return new AppError('BUSY', `Port ${port} is already taken. ${advice}`, { cause });
  if (cause.code === 'EACCES')
    return new AppError('FORBIDDEN', `Port ${port} needs more rights. ${advice}`, { cause });
  return null;
}

function refuseSocket({ code }: NodeJS.ErrnoException, socket: Duplex): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
