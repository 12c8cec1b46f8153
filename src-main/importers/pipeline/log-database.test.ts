import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReadonlyDatabase } from '../../platform/importer.ts';
import { type TempDir, tempDir } from '../../testing/temp-dir.ts';
import { withDatabase } from './log-database.ts';

let dir: TempDir;
let path: string;
beforeEach(() => {
  dir = tempDir();
  path = join(dir.path, 'tool.db');
});
afterEach(() => {
  vi.unstubAllEnvs();
  dir[Symbol.dispose]();
});

function make(journal: 'wal' | 'delete'): Database.Database {
  const db = new Database(path);
  db.pragma(`journal_mode = ${journal}`);
  db.exec('CREATE TABLE t (x); INSERT INTO t VALUES (1)');
  return db;
}

const rows = (db: ReadonlyDatabase) => [...db.query('SELECT x FROM t WHERE x > ?', 0)];

describe('a tool’s database', () => {
  it.each(['wal', 'delete'] as const)('in %s mode is read without a trace beside it', (journal) => {
    make(journal).close();
    const scratch = join(dir.path, 'scratch');
    mkdirSync(scratch);
    const before = [readdirSync(dir.path), readFileSync(path)];
    vi.stubEnv('TMPDIR', scratch);
    expect(withDatabase(path, rows)).toEqual([{ x: 1 }]);
    expect([readdirSync(dir.path), readFileSync(path)]).toEqual(before);
    expect(readdirSync(scratch)).toEqual([]);
  });

  it('shows rows that are only in the log beside it, while its owner goes on writing', () => {
    const owner = make('wal');
    owner.exec('INSERT INTO t VALUES (2)');
    expect(withDatabase(path, rows)).toEqual([{ x: 1 }, { x: 2 }]);
    owner.exec('INSERT INTO t VALUES (3)');
    expect(withDatabase(path, rows)).toHaveLength(3);
    owner.close();
  });

  it('cannot be written to', () => {
    make('delete').close();
    expect(() => withDatabase(path, (db) => [...db.query('DELETE FROM t RETURNING x')])).toThrow(
      expect.objectContaining({ code: 'FILE_UNREADABLE' }),
    );
    expect(withDatabase(path, rows)).toHaveLength(1);
  });

  it('offers tables only: a view runs its maker’s code', () => {
    const db = make('delete');
    db.exec('CREATE VIEW v AS SELECT * FROM t');
    db.close();
    expect(withDatabase(path, (opened) => ['t', 'v', 'none'].map(opened.hasTable))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('that is none, or is damaged, says so', () => {
    const unreadable = expect.objectContaining({ code: 'FILE_UNREADABLE' });
    writeFileSync(path, 'no database');
    expect(() => withDatabase(path, rows)).toThrow(unreadable);
    expect(() => withDatabase(`${path}.missing`, rows)).toThrow(unreadable);
    make2Pages();
    expect(() => withDatabase(path, rows)).toThrow(unreadable);
  });

  function make2Pages(): void {
    writeFileSync(path, '');
    make('delete').close();
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 0xff)]));
  }
});
