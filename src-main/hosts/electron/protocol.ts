import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { CustomScheme } from 'electron';
import { servedFiles } from '../../platform/served-files.ts';
import { appOrigin, appScheme } from './origin.ts';

/** Our scheme behaves like https: an origin of its own, fetch, and no way around the content security policy. */
export const appSchemePrivileges: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** On every answer, those for what is not there included. */
export const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Answers requests for the built window in `dir`: what was listed at the start, by exactly its address. */
export function pageHandler(dir: string): (request: Request) => Promise<Response> {
  const pages = servedFiles(dir);
  return async ({ method, url }) => {
    if (method !== 'GET' && method !== 'HEAD') return answer(405);
    const file = url.startsWith(`${appOrigin}/`) ? pages.get(pathOf(url)) : undefined;
    if (file === undefined) return answer(404);
    try {
      return answer(200, new Uint8Array(await readFile(file)), mediaTypes[extname(file)]);
    } catch {
      return answer(404);
    }
  };
}

function answer(
  status: number,
  body: Uint8Array<ArrayBuffer> | null = null,
  type = 'application/octet-stream',
) {
  return new Response(body, { status, headers: { ...pageHeaders, ...(body && { 'content-type': type }) } });
}

/** The path as it was asked for, without query and hash; never decoded. */
function pathOf(url: string): string {
  return url.slice(appOrigin.length).replace(/[?#].*$/s, '');
}
