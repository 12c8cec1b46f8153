import { closeSync, readSync, statSync } from 'node:fs';
import { AppError } from '../../platform/error.ts';
import type { UnusableTool } from '../../platform/importer.ts';
import { openForReading } from './decode.ts';
import { limits } from './limits.ts';
import { withDatabase } from './log-database.ts';

/**
 * The tool whose database a file is, when that tool's databases tell no usage. Such databases can be many gigabytes
 * large, so the first page is looked at, which holds the tables of a small schema; only when it does not tell, and the
 * file is no larger than one that is imported, its copy is opened.
 */
export function recogniseUnusable(tools: readonly UnusableTool[], path: string): UnusableTool | undefined {
  const page = firstPage(path);
  if (page === null) return undefined;
  const told = tools.find((tool) => tool.isSchema?.(page) === true);
  if (told !== undefined || statSync(path).size > limits.fileBytes) return told;
  const schema = schemaOf(path);
  return tools.find((tool) => tool.isSchema?.(schema) === true);
}

const largestPage = 64 * 1024;

/** The first page of an SQLite database as text, or null for another file (sqlite.org/fileformat2.html, 2026-10). */
function firstPage(path: string): string | null {
  const page = Buffer.alloc(largestPage);
  const fd = openForReading(path);
  try {
    const read = readSync(fd, page, 0, page.length, 0);
    if (page.toString('latin1', 0, 16) !== 'SQLite format 3\u0000') return null;
    const size = page.readUInt16BE(16);
    return page.toString('latin1', 100, Math.min(read, size === 1 ? largestPage : size));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('FILE_UNREADABLE', 'This file cannot be read. Nothing was imported.', { cause });
  } finally {
    closeSync(fd);
  }
}

function schemaOf(path: string): string {
  try {
    return withDatabase(path, (db) =>
      [...db.query("SELECT sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL")]
        .map(({ sql }) => String(sql))
        .join(';\n'),
    );
  } catch (error) {
    if (error instanceof AppError) return '';
    throw error;
  }
}
