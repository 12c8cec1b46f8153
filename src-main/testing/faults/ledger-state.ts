import { openBook, type TaskContext } from '../../jobs/context.ts';
import { listBackups, readCopy, sha256Of } from '../../store/backup.ts';
import { openDatabase, type ReadDb, rehearse, type WriteDb } from '../../store/database.ts';
import { damagedRecords } from '../../store/records.ts';
import { resourcesDir } from '../core.ts';
import type { Amount } from './made-up.ts';

/** What a ledger of the kill tests says: nothing more and nothing less may be in it. */
export interface LedgerState {
  /** Standing imports of files by name. */
  readonly files: Readonly<Record<string, Amount>>;
  readonly log: Amount;
  /** USD per million tokens the logged calls are priced at. */
  readonly price: number | null;
}

type Counted = { records: number; costNanoUsd: number };

export function readState(db: ReadDb): LedgerState {
  const files = db
    .prepare(
      `SELECT i.file_name AS name, i.accepted, count(r.id) AS records, coalesce(sum(r.cost_nano_usd), 0) AS costNanoUsd
       FROM imports i LEFT JOIN records r ON r.import_id = i.id
       WHERE i.kind = 'file' AND i.undone_at IS NULL GROUP BY i.id ORDER BY i.file_name`,
    )
    .all() as (Counted & { name: string; accepted: number })[];
  const log = db
    .prepare(
      `SELECT count(r.id) AS records, coalesce(sum(r.cost_nano_usd), 0) AS costNanoUsd
       FROM record_rows r JOIN sources s ON s.id = r.source_id WHERE s.kind = 'log'`,
    )
    .get() as Counted;
  const body = db.prepare('SELECT body FROM price_overrides').pluck().get() as string | undefined;
  return {
    files: Object.fromEntries(
      files.map(({ name, records, costNanoUsd }) => [name, { records, costNanoUsd }]),
    ),
    log,
    price: body === undefined ? null : Number((JSON.parse(body) as { output: string }).output),
  };
}

/** All sums of a ledger as they stand. */
function sumsOf(db: ReadDb): string {
  const tables = db
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND name LIKE 'rollup%' ORDER BY name")
    .pluck()
    .all() as string[];
  const rows = tables.map((table) =>
    (db.prepare(`SELECT * FROM ${table}`).raw().all() as unknown[]).map((row) => JSON.stringify(row)).sort(),
  );
  return JSON.stringify(rows);
}

/** What is wrong with the sums: they must be what counting every record anew gives. */
function sumProblems(db: WriteDb, dataDir: string): readonly string[] {
  const context: TaskContext = {
    db,
    dataDir,
    resourcesDir,
    environment: { platform: 'linux', home: dataDir, env: {} },
    settings: { zone: 'UTC', rates: [], logFolders: {} },
    now: Date.now,
    progress: () => undefined,
    stop: () => false,
  };
  const kept = sumsOf(db);
  const counted = rehearse(db, () => {
    openBook(context).recount();
    return sumsOf(db);
  });
  return kept === counted ? [] : ['the sums are not what the records add up to'];
}

/** Everything that can be wrong with a ledger in a started data folder; `sound` remembers backups already looked at. */
export function problemsOf(dataDir: string, path: string, sound: Set<string>): readonly string[] {
  const db = openDatabase(path, 'write');
  try {
    const { damaged } = damagedRecords(db);
    return [
      ...(db.pragma('integrity_check', { simple: true }) === 'ok' ? [] : ['the pages are damaged']),
      ...((db.pragma('foreign_key_check') as unknown[]).length === 0 ? [] : ['rows point nowhere']),
      ...(damaged.length === 0 ? [] : [`${damaged.length} records are not what was written`]),
      ...sumProblems(db, dataDir),
      ...backupProblems(dataDir, sound),
    ];
  } finally {
    db.close();
  }
}

function backupProblems(dataDir: string, sound: Set<string>): readonly string[] {
  return listBackups(dataDir).flatMap((backup) => {
    if (sound.has(backup.name)) return [];
    sound.add(backup.name);
    const isSame =
      sha256Of(backup.path) === backup.sha256 &&
      readCopy(
        backup.path,
        (_, sum) => sum.records === backup.records && sum.costNanoUsd === backup.costNanoUsd,
      );
    return isSame ? [] : [`the listed backup ${backup.name} is not whole`];
  });
}
