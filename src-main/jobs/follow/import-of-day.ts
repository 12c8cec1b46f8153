import { createZone } from '../../ledger/day.ts';
import type { LogImporter } from '../../platform/importer.ts';
import { type ImportRow, type ImportTotals, insertImport, reopenImport } from '../../store/imports.ts';
import type { TaskContext } from '../context.ts';

/** An import that lines are being added to. */
export interface OpenImport {
  readonly id: number;
  /** What it had before; null when it was made for these lines. */
  readonly before: ImportTotals | null;
}

export interface NewRead {
  readonly sourceId: number | null;
  readonly now: number;
  /** Read because it was written, not because somebody asked. */
  readonly followed: boolean;
}

/**
 * The import new lines belong to: one of its own when a scan was asked for; while logs are followed, one per tool
 * and day, so that the history stays readable and a day can be taken back as a whole.
 */
export function openImport(
  context: TaskContext,
  importer: LogImporter,
  { sourceId, now, followed }: NewRead,
): OpenImport {
  const name = followed ? `${importer.label} logs, followed` : `${importer.label} logs`;
  const standing = followed ? findToday(context, importer, name, now) : undefined;
  if (standing !== undefined) {
    reopenImport(context.db, standing.id);
    return { id: standing.id, before: standing };
  }
  const id = insertImport(context.db, {
    kind: 'scan',
    importer: importer.id,
    importer_label: importer.label,
    source_id: sourceId,
    file_name: name,
    path: null,
    sha256: null,
    at: now,
    sample: 0,
  });
  return { id, before: null };
}

function findToday(
  { db, settings }: TaskContext,
  importer: LogImporter,
  name: string,
  now: number,
): ImportRow | undefined {
  const newest = db
    .prepare(
      `SELECT * FROM imports WHERE importer = ? AND kind = 'scan' AND file_name = ? AND undone_at IS NULL
         AND sample = 0 ORDER BY id DESC LIMIT 1`,
    )
    .get(importer.id, name) as ImportRow | undefined;
  const zone = createZone(settings.zone);
  return newest !== undefined && zone.at(newest.at).day === zone.at(now).day ? newest : undefined;
}
