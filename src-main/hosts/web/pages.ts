import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../platform/error.ts';
import { servedFiles } from '../../platform/served-files.ts';
import { type Refusal, securityHeaders } from './reply.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

const nothing: Refusal = { status: 404, code: 'NOT_FOUND', message: 'There is nothing at this address.' };

/** Serves the built window: what was listed at the start, by exactly its address. */
export function createPages(dir: string) {
  const pages = servedFiles(dir);
  if (!pages.has('/'))
    throw new AppError('UNSUPPORTED', `The window is not built: ${dir} has no index.html. Run npm start.`);
  return async (response: ServerResponse, method: string, path: string): Promise<Refusal | null> => {
    const file = pages.get(path);
    const size = file && (await stat(file).catch(() => null))?.size;
    if (file === undefined || typeof size !== 'number') return nothing;
    response.writeHead(200, {
      ...securityHeaders,
      'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
      'content-length': size,
      // Bundled files carry a hash in their name; the page that names them does not.
      'cache-control': path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
    });
    if (method === 'HEAD') response.end();
    else await pipeline(createReadStream(file), response).catch(() => response.destroy());
    return null;
  };
}
