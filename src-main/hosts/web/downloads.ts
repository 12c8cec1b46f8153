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

/** Hands a finished export to the browser. The core gives it out once; the file is removed afterwards, sent or not. */
export async function sendExport(
  core: Pick<Core, 'exportFile'>,
  response: ServerResponse,
  exportId: string,
): Promise<Refusal | null> {
  const file = core.exportFile(exportId);
  if (file === null) return gone;
  try {
    const { size } = await stat(file.path);
    response.writeHead(200, {
      ...securityHeaders,
      'content-type': file.mime,
      'content-length': size,
      'content-disposition': `attachment; filename*=UTF-8''${encodeRfc5987(file.fileName)}`,
    });
    await pipeline(createReadStream(file.path), response);
  } catch (error) {
    if (!response.headersSent) throw error;
    // The browser went away in the middle, which is its right.
    response.destroy();
  } finally {
    await rm(file.path, { force: true });
  }
  return null;
}

function encodeRfc5987(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
