import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createZone, dayText } from '../ledger/day.ts';
import { type ExportFormat, exportText } from '../ledger/export.ts';
import type { Filters } from '../ledger/filter.ts';
import { type ReadDb, storeError } from '../store/database.ts';
import type { TaskContext } from './context.ts';
import { stopIfAsked } from './import-member.ts';

export interface ExportFile {
  readonly exportId: string;
  readonly path: string;
  readonly fileName: string;
  readonly mime: string;
  readonly bytes: number;
  readonly rows: number;
}

const kinds: Record<ExportFormat, { suffix: string; mime: string }> = {
  csv: { suffix: '.csv', mime: 'text/csv; charset=utf-8' },
  json: { suffix: '.json', mime: 'application/json' },
  focus: { suffix: '-focus.csv', mime: 'text/csv; charset=utf-8' },
};

const pieceBytes = 1 << 18;

/** What an export takes of a task: it only reads the ledger. */
export interface ExportContext
  extends Pick<TaskContext, 'dataDir' | 'settings' | 'now' | 'progress' | 'stop'> {
  readonly db: ReadDb;
}

/** Exports are handed over once and thrown away; what a crash left behind goes with the next one. */
function freshDir(context: ExportContext): string {
  const dir = join(context.dataDir, 'exports');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(dir)) {
    // Another host can hand its own over meanwhile.
    const stat = statSync(join(dir, name), { throwIfNoEntry: false });
    if (stat !== undefined && context.now() - stat.mtimeMs > 86_400_000)
      rmSync(join(dir, name), { force: true });
  }
  return dir;
}

/** Writes all of `bytes`: on a disk about to be full a write may take only part of them, and say so nowhere else. */
export function writeAll(bytes: Buffer, write: (piece: Buffer) => number): number {
  for (let done = 0; done < bytes.length; ) {
    const taken = write(bytes.subarray(done));
    if (taken <= 0)
      throw storeError(Object.assign(new Error('nothing more could be written'), { code: 'ENOSPC' }));
    done += taken;
  }
  return bytes.length;
}

export function writeExport(
  context: ExportContext,
  input: { readonly format: ExportFormat; readonly filters: Filters },
): ExportFile {
  const exportId = randomUUID();
  const path = join(freshDir(context), exportId);
  const counter = { rows: 0 };
  const zone = createZone(context.settings.zone);
  const fd = openSync(path, 'wx', 0o600);
  const write = (text: string): number => writeAll(Buffer.from(text), (piece) => writeSync(fd, piece));
  let bytes = 0;
  try {
    let piece = '';
    for (const text of exportText(context.db, { ...input, zone, now: context.now(), counter })) {
      piece += text;
      if (piece.length < pieceBytes) continue;
      stopIfAsked(context);
      context.progress(counter.rows, null, 'records');
      bytes += write(piece);
      piece = '';
    }
    bytes += write(piece);
  } catch (error) {
    rmSync(path, { force: true });
    throw storeError(error);
  } finally {
    closeSync(fd);
  }
  const { suffix, mime } = kinds[input.format];
  const fileName = `llmlab-${dayText(zone.at(context.now()).day)}${suffix}`;
  return { exportId, path, fileName, mime, bytes, rows: counter.rows };
}
