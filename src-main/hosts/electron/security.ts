import type { App, Session, WebContents } from 'electron';
import { openInBrowser } from './external.ts';
import { appOrigin } from './origin.ts';

/** What a page may be granted. Everything else is refused, also what Electron grants when nobody answers. */
const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Whether the window may load an address: its own files, and what it made itself. Nothing from any network. */
export function isOwnRequest(url: string): boolean {
  const own = [`${appOrigin}/`, `blob:${appOrigin}/`, 'data:image/', 'devtools://'];
  return own.some((start) => url.startsWith(start));
}

/** Whether a page asks for something it may have. */
export function isGranted(permission: string, origin: string): boolean {
  return granted.has(permission) && (origin === appOrigin || origin.startsWith(`${appOrigin}/`));
}

/** Refuses, for the whole session, every permission, device, request and download that is not the window's own. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, reply, details) =>
    reply(isGranted(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, reply) => reply({ cancel: !isOwnRequest(details.url) }));
  session.on('will-download', (event, item) => {
    // A chart's picture or table, made in the window; nothing can be fetched to disk.
    if (!item.getURL().startsWith(`blob:${appOrigin}/`)) event.preventDefault();
  });
}

/** Keeps every page of the app where it is: no navigation, no frames, no further windows. */
export function hardenContents(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => keepInPlace(contents));
}

function keepInPlace(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    void openInBrowser(url);
    return { action: 'deny' };
  });
}
