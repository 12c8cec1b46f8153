import { logImporters } from '../../importers/index.ts';
import { type FoundLogs, findLogFiles } from '../../importers/pipeline/log-files.ts';
import type { LogCursor } from '../../importers/pipeline/log-reader.ts';
import {
  changedLogFiles,
  isSilent,
  type WatchPlace,
  watchPlaces,
} from '../../importers/pipeline/log-watch.ts';
import type { LogImporter } from '../../platform/importer.ts';
import { hasCursors, loadCursors, loadCursorsOf } from '../../store/cursors.ts';
import { inTransaction, type ReadDb } from '../../store/database.ts';
import { listSources } from '../../store/sources.ts';
import type { TaskContext } from '../context.ts';
import { folderTrouble } from '../log-trouble.ts';
import { readTool } from '../scan.ts';

/** What may have changed since the last look. */
export interface FollowInput {
  /** Per tool the paths that were reported changed; null looks at all of its folders. */
  readonly tools: readonly { readonly tool: string; readonly paths: readonly string[] | null }[];
  /** The user asked for these logs to be followed: also ones never read before are. */
  readonly asked: boolean;
}

/** How one tool stands after a look. */
export interface FollowedTool {
  readonly tool: string;
  /** False for logs the user has not asked to be read yet, or took back. */
  readonly isFollowed: boolean;
  readonly accepted: number;
  readonly refused: number;
  readonly bytesRead: number;
  /** After all its folders were listed; null when only changed paths were looked at. */
  readonly listing: {
    readonly places: readonly WatchPlace[];
    /** The first folder whose changes may go unreported. */
    readonly silentFolder: string | null;
  } | null;
  readonly trouble: string | null;
}

export interface Followed {
  readonly tools: readonly FollowedTool[];
  readonly tookMs: number;
}

/**
 * Reads what is new in the logs that changed, each tool in a transaction of its own. One tool that cannot be read
 * does not keep the others from being read.
 */
export function followLogs(context: TaskContext, { tools, asked }: FollowInput): Followed {
  const startedAt = performance.now();
  const followed = tools.flatMap(({ tool, paths }) => {
    const importer = logImporters.find(({ id }) => id === tool);
    return importer === undefined ? [] : [followTool(context, importer, paths, asked)];
  });
  return { tools: followed, tookMs: performance.now() - startedAt };
}

function followTool(
  context: TaskContext,
  importer: LogImporter,
  paths: readonly string[] | null,
  asked: boolean,
): FollowedTool {
  const { db, environment } = context;
  const extra = context.settings.logFolders[importer.id] ?? [];
  const isFollowed = wantsFollowing(db, importer.id, asked);
  const changed =
    paths === null || !isFollowed || storedTrouble(db, importer.id) !== null
      ? null
      : changedLogFiles(importer, environment, extra, paths);
  if (changed !== null) return readChanged(context, importer, changed);
  const found = findLogFiles(importer, environment, extra);
  const cursors = loadCursors(db, importer.id) as unknown as ReadonlyMap<string, LogCursor>;
  const trouble = folderTrouble(found, cursors.keys());
  const listing = {
    places: watchPlaces(importer, environment, extra, found),
    silentFolder: silentFolder(found, environment.platform),
  };
  const nothing = { accepted: 0, refused: 0, bytesRead: 0 };
  const read = isFollowed
    ? inTransaction(db, () =>
        readTool(context, importer, { files: found.files, cursors, trouble, followed: true }),
      )
    : nothing;
  return {
    tool: importer.id,
    isFollowed,
    accepted: read.accepted,
    refused: read.refused,
    bytesRead: read.bytesRead,
    listing,
    trouble: isFollowed ? (storedTrouble(db, importer.id) ?? trouble) : trouble,
  };
}

type ChangedFiles = NonNullable<ReturnType<typeof changedLogFiles>>;

function readChanged(context: TaskContext, importer: LogImporter, files: ChangedFiles): FollowedTool {
  const { db } = context;
  const read = inTransaction(db, () => {
    const paths = files.map(({ path }) => path);
    const cursors = loadCursorsOf(db, importer.id, paths) as unknown as ReadonlyMap<string, LogCursor>;
    return readTool(context, importer, { files, cursors, trouble: null, followed: true });
  });
  const { accepted, refused, bytesRead } = read;
  const trouble = storedTrouble(db, importer.id);
  return { tool: importer.id, isFollowed: true, accepted, refused, bytesRead, listing: null, trouble };
}

/**
 * Logs are not read before the user asked for it once: then those of tools that come later are followed as well.
 * What was taken back stays so until it is asked for again.
 */
function wantsFollowing(db: ReadDb, importer: string, asked: boolean): boolean {
  if (hasCursors(db, importer)) return true;
  // Cursors go with sample data as well, which is nobody's wish to stop.
  const reads = db
    .prepare("SELECT undone_at FROM imports WHERE importer = ? AND kind = 'scan' AND sample = 0")
    .pluck()
    .all(importer);
  if (reads.some((undoneAt) => undoneAt !== null)) return false;
  return asked || reads.length > 0 || hasCursors(db, null);
}

function storedTrouble(db: ReadDb, importer: string): string | null {
  const own = listSources(db).find(
    (row) => row.importer === importer && row.sample === 0 && row.error !== null,
  );
  return own?.error ?? null;
}

function silentFolder({ folders }: FoundLogs, platform: TaskContext['environment']['platform']) {
  return folders.find(({ path, found }) => found && isSilent(path, platform))?.path ?? null;
}
