import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Core } from '../../core/index.ts';
import { type Refusal, securityHeaders } from './reply.ts';

const gone: Refusal = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'This export is no longer there. Export again.',
};

/** Hands finished exports to the browser, each once: the file is removed when it has been sent whole. */
export function createDownloads(core: Pick<Core, 'exportFile'>) {
  const taken = new Set<string>();
  return async (response: ServerResponse, exportId: string): Promise<Refusal | null> => {
    const file = core.exportFile(exportId);
    const size = file && (await stat(file.path).catch(() => null))?.size;
    if (!file || typeof size !== 'number' || taken.has(exportId)) return gone;
    taken.add(exportId);
    response.writeHead(200, {
      ...securityHeaders,
      'content-type': file.mime,
      'content-length': size,
      'content-disposition': `attachment; filename*=UTF-8''${encodeRfc5987(file.fileName)}`,
    });
    try {
      await pipeline(createReadStream(file.path), response);
      await rm(file.path, { force: true });
    } catch {
      taken.delete(exportId);
    }
    return null;
  };
}

function encodeRfc5987(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
