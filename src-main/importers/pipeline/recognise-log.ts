import { closeSync, readSync } from 'node:fs';
import { constants as zlib, zstdDecompressSync } from 'node:zlib';
import { AppError } from '../../platform/error.ts';
import type { LogImporter } from '../../platform/importer.ts';
import { openForReading } from './decode.ts';
import { withDatabase } from './log-database.ts';

type Recogniser = Pick<LogImporter, 'recognises' | 'recognisesDatabase'>;

const headBytes = 64 * 1024;
const maxUnpackedBytes = 64 * 1024 ** 2;
const zstdMagic = '28b52ffd';

/**
 * The log formats a dropped file can be, told by its content alone: the first 64 KiB, or the tables of a database.
 * None for anything else, also for a database that cannot be opened. Throws FILE_UNREADABLE when the file cannot be.
 */
export function recogniseLog<I extends Recogniser>(importers: readonly I[], path: string): readonly I[] {
  const head = readHead(path);
  if (head.toString('latin1', 0, 16) === 'SQLite format 3\u0000') return recogniseDatabase(importers, path);
  const text = unpacked(head)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  return importers.filter((importer) => importer.recognises(text));
}

function recogniseDatabase<I extends Recogniser>(importers: readonly I[], path: string): readonly I[] {
  try {
    return withDatabase(path, (db) =>
      importers.filter((importer) => importer.recognisesDatabase?.(db) === true),
    );
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

/** The start of what a zstd file holds, which takes no more of the file than its own start. */
function unpacked(head: Buffer): Buffer {
  if (head.toString('hex', 0, 4) !== zstdMagic) return head;
  try {
    return zstdDecompressSync(head, { finishFlush: zlib.ZSTD_e_flush, maxOutputLength: maxUnpackedBytes });
  } catch {
    return head;
  }
}

function readHead(path: string): Buffer {
  const buffer = Buffer.alloc(headBytes);
  const fd = openForReading(path);
  try {
    return buffer.subarray(0, readSync(fd, buffer, 0, headBytes, 0));
  } catch (cause) {
    throw new AppError('FILE_UNREADABLE', 'This file cannot be read. Nothing was imported.', { cause });
  } finally {
    closeSync(fd);
  }
}
