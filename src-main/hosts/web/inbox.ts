import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Refusal } from './reply.ts';

/** 2 GiB, the most any importer reads. */
const mostBytes = 2 * 1024 ** 3;
const idleMs = 60_000;

export interface Upload {
  readonly uploadId: string;
  readonly path: string;
  readonly fileName: string;
}

export interface Inbox {
  /** Streams the body to a file under a name of our own; `name` is only what it is called. */
  receive(request: IncomingMessage, name: string | null): Promise<{ upload: Upload } | { refusal: Refusal }>;
  /** Forgets every upload, those a crash left behind as well. */
  empty(): void;
}

/** Files a browser handed over, in `inbox/` of the data folder while the host runs. */
export function createInbox(dataDir: string): Inbox {
  const dir = join(dataDir, 'inbox');
  const empty = () => rmSync(dir, { recursive: true, force: true });
  empty();
  return {
    empty,
    receive: async (request, name) => {
      const fileName = plainName(name);
      if (fileName === '') return { refusal: refusal(400, 'BAD_INPUT', 'The upload has no file name.') };
      if (Number(request.headers['content-length'] ?? 0) > mostBytes) return { refusal: tooLarge };
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      const uploadId = randomUUID();
      const path = join(dir, uploadId);
      try {
        await save(request, path);
        return { upload: { uploadId, path, fileName } };
      } catch (error) {
        await rm(path, { force: true });
        return { refusal: refusalFor(error) };
      }
    },
  };
}

async function save(request: IncomingMessage, path: string): Promise<void> {
  let size = 0;
  const cap = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      size += chunk.length;
      done(size > mostBytes ? new TooLarge() : null, chunk);
    },
  });
  const stalled = () => request.destroy();
  request.socket.setTimeout(idleMs).once('timeout', stalled);
  try {
    await pipeline(request, cap, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } finally {
    request.socket.setTimeout(0).off('timeout', stalled);
  }
}

class TooLarge extends Error {}

function refusalFor(error: unknown): Refusal {
  if (error instanceof TooLarge) return tooLarge;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return refusal(
      507,
      'STORE_FULL',
      'The disk is full. Nothing was kept of this file; free some space and drop it again.',
    );
  }
  return refusal(
    400,
    'FILE_UNREADABLE',
    'The upload broke off. Nothing was kept of it; drop the file again.',
  );
}

const tooLarge = refusal(
  413,
  'FILE_TOO_LARGE',
  'The file is larger than 2 GiB. Split it, or export a shorter period.',
);

function refusal(status: Refusal['status'], code: Refusal['code'], message: string): Refusal {
  return { status, code, message };
}

/** What a person would call the file: no folders, no control characters. */
function plainName(name: string | null): string {
  const last = (name ?? '').replace(/^.*[\\/]/s, '').replace(/\p{Cc}/gu, '');
  return last === '.' || last === '..' ? '' : last.slice(0, 255);
}
