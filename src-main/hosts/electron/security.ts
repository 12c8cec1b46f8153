import type { App, Session, WebContents } from 'electron';
import { openInBrowser } from './external.ts';
import { isGranted, isOwnDownload, isOwnRequest } from './own-requests.ts';

/** Refuses, for the whole session, every permission, device, request and download that is not the window's own. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, reply, details) =>
    reply(isGranted(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, reply) => reply({ cancel: !isOwnRequest(details.url) }));
  session.on('will-download', (event, item) => {
    if (!isOwnDownload(item.getURL())) event.preventDefault();
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
