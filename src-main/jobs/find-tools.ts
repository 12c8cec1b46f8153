import { logImporters } from '../importers/index.ts';
import { findLogFiles } from '../importers/pipeline/log-files.ts';
import type { LogCursor } from '../importers/pipeline/log-reader.ts';
import type { LogEnvironment, LogImporter } from '../platform/importer.ts';
import { loadCursors } from '../store/cursors.ts';
import type { ReadDb } from '../store/database.ts';
import { listSources } from '../store/sources.ts';
import { folderTrouble } from './log-trouble.ts';

export interface FoundFolder {
  path: string;
  why: string;
  found: boolean;
  files: number;
  bytes: number;
  error: string | null;
}

export interface FoundTool {
  tool: string;
  label: string;
  vendor: string;
  folders: FoundFolder[];
  files: number;
  bytes: number;
  unreadBytes: number;
  lastReadAt: number | null;
  /** What keeps its logs from being read and what to do, or null. */
  trouble: string | null;
  note: string;
}

function unreadBytes(size: number, cursor: LogCursor | undefined): number {
  if (cursor === undefined) return size;
  return size >= cursor.offset ? size - cursor.offset : size;
}

function findTool(
  db: ReadDb,
  importer: LogImporter,
  environment: LogEnvironment,
  extra: readonly string[],
): FoundTool {
  const found = findLogFiles(importer, environment, extra);
  const { folders, files } = found;
  const cursors = loadCursors(db, importer.id) as unknown as ReadonlyMap<string, LogCursor>;
  const reads = listSources(db).flatMap((source) =>
    source.importer === importer.id && source.sample === 0 && source.last_read_at !== null
      ? [source.last_read_at]
      : [],
  );
  return {
    tool: importer.id,
    label: importer.label,
    vendor: importer.vendor,
    folders: folders.map((folder) => ({ ...folder })),
    files: files.length,
    bytes: files.reduce((sum, file) => sum + file.size, 0),
    unreadBytes: files.reduce((sum, file) => sum + unreadBytes(file.size, cursors.get(file.path)), 0),
    lastReadAt: reads.length === 0 ? null : Math.max(...reads),
    trouble: folderTrouble(found, cursors.keys()),
    note: importer.accuracy,
  };
}

/** Where each tool keeps its records on this machine and what lies there; reads no content. */
export function findTools(
  db: ReadDb,
  environment: LogEnvironment,
  extra: Readonly<Record<string, readonly string[]>>,
): FoundTool[] {
  return logImporters.map((importer) => findTool(db, importer, environment, extra[importer.id] ?? []));
}
