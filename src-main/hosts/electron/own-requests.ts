import { appOrigin } from './origin.ts';

/** What a page may be granted. Everything else is refused, also what Electron grants when nobody answers. */
const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Whether the window may load an address: its own files, and what it made itself. Nothing from any network. */
export function isOwnRequest(url: string): boolean {
  const own = [`${appOrigin}/`, `blob:${appOrigin}/`, 'data:image/', 'devtools://'];
  return own.some((start) => url.startsWith(start));
}

/** Whether a download is a file the window made itself, such as a chart's picture. */
export function isOwnDownload(url: string): boolean {
  return url.startsWith(`blob:${appOrigin}/`);
}

/** Whether a page of this origin (or address) may have a permission. */
export function isGranted(permission: string, origin: string): boolean {
  return granted.has(permission) && (origin === appOrigin || origin.startsWith(`${appOrigin}/`));
}
