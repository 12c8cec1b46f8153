import { join } from 'node:path';
import { createCore } from '../../core/index.ts';
import { appRoot } from '../../platform/app-root.ts';
import { AppError } from '../../platform/error.ts';
import { nodeFollowing } from '../../platform/following.ts';
import { nodePorts } from '../../platform/node-ports.ts';
import type { Environment } from '../../platform/ports.ts';
import { hasDisplay, openBrowser } from './browser.ts';
import { startWebServer, type WebServer } from './server.ts';

/** Tried first when no port is asked for, so that a bookmark keeps working. */
const usualPort = 4747;

export interface ServeOptions {
  readonly dataDir?: string | undefined;
  /** 0: any free one. Left out: 4747, or any free one when that is taken. */
  readonly port?: number | undefined;
  /** Opens the browser when there is a display. */
  readonly open: boolean;
  /** The built window; `out/renderer` beside the code otherwise. */
  readonly rendererDir?: string | undefined;
  readonly env?: Environment['env'];
  /** Shows a link that opens the window once: at the start, and again when somebody comes without one. */
  readonly showLink: (url: string) => void;
}

export interface Serving {
  readonly port: number;
  launchUrl(): string;
  stop(): Promise<void>;
}

/**
 * The web host: core and window in this process, heavy work in threads.
 * @throws AppError of `core.start` (STORE_LOCKED, STORE_NEWER …), BUSY when the port is taken, UNSUPPORTED when the
 * window is not built.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { dataDir, env = process.env } = options;
  const ports = nodePorts({ host: 'web', heavyWork: 'thread', dataDir, env });
  const core = createCore(ports);
  // The page loads while the ledger is still being checked: nothing is written before that is done.
  const { checked } = await core.startReading();
  // Awaited below, when the window can be reached; until then its failure is nobody's.
  checked.catch(() => undefined);
  try {
    const rendererDir = options.rendererDir ?? join(appRoot().dir, 'out', 'renderer');
    const showLink = () => options.showLink(server.launchUrl());
    const start = (port: number) =>
      startWebServer({ core, ports, port, rendererDir, onLinkWanted: showLink });
    const server = await onSomePort(options.port, start);
    const stop = async () => {
      await server.stop();
      await core.stop();
    };
    const url = server.launchUrl();
    options.showLink(url);
    try {
      if (options.open && hasDisplay(ports.environment)) await openBrowser(url);
      await checked;
    } catch (error) {
      await server.stop();
      throw error;
    }
    core.follow(nodeFollowing);
    core.keepInSync();
    return { port: server.port, launchUrl: server.launchUrl, stop };
  } catch (error) {
    await core.stop();
    throw error;
  }
}

async function onSomePort(asked: number | undefined, start: (port: number) => Promise<WebServer>) {
  try {
    return await start(asked ?? usualPort);
  } catch (error) {
    const isTaken = error instanceof AppError && error.code === 'BUSY';
    if (asked !== undefined || !isTaken) throw error;
    return start(0);
  }
}
