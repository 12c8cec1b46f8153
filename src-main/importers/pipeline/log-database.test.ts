import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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

/** Another process, as a tool is one: the locks of one's own are not seen. It answers each word it is told. */
async function startOwner(script: string) {
  const setUp = `
    const Database = require(${JSON.stringify(createRequire(import.meta.url).resolve('better-sqlite3'))});
    const db = new Database(${JSON.stringify(path)}, { timeout: 0 });
    const answer = (text) => process.stdout.write(text + '\\n');
    const heard = (does) => process.stdin.on('data', (data) => does(String(data).trim()));
  `;
  const child = spawn(process.execPath, ['-e', setUp + script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await answers.next()).value);
  return {
    next,
    tell(word: string) {
      child.stdin.write(`${word}\n`);
      return next();
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** Everything beside the database, with its bytes and times. */
const surroundings = () =>
  readdirSync(dir.path).map((name) => {
    const file = join(dir.path, name);
    return [name, statSync(file).mtimeMs, createHash('sha256').update(readFileSync(file)).digest('hex')];
  });

describe('a tool that is writing', () => {
  it.each(['wal', 'delete'] as const)(
    'and holds its transaction open in %s mode is neither held up nor changed',
    async (journal) => {
      make(journal).close();
      await using owner = await startOwner(`
        db.exec('BEGIN EXCLUSIVE; INSERT INTO t VALUES (2)');
        // Rows enough that some are written out before the end.
        db.pragma('cache_size = 5');
        for (let i = 0; i < 5000; i++) db.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(200));
        heard(() => { db.exec('COMMIT'); answer(String(db.prepare('SELECT count(*) FROM t').pluck().get())); });
        answer('held');
      `);
      expect(await owner.next()).toBe('held');
      const before = surroundings();
      expect(withDatabase(path, rows)).toEqual([{ x: 1 }]);
      expect(surroundings()).toEqual(before);
      expect(await owner.tell('commit')).toBe('5002');
      expect(withDatabase(path, (db) => [...db.query('SELECT count(*) AS n FROM t')])).toEqual([{ n: 5002 }]);
    },
  );

  it('without a pause is never held up, and each reading shows a moment of it', async () => {
    make('wal').close();
    await using owner = await startOwner(`
      db.exec('CREATE TABLE pairs (a, b)');
      const write = db.transaction((n) => {
        db.prepare('INSERT INTO pairs VALUES (?, 0)').run(n);
        db.prepare('UPDATE pairs SET b = a WHERE a = ?').run(n);
      });
      let n = 0, stopped = false, failed = '';
      const more = () => {
        try { for (let i = 0; i < 50; i++) write(++n); } catch (error) { failed = error.code; }
        if (stopped || failed) answer(failed || String(n)); else setImmediate(more);
      };
      heard(() => { stopped = true; });
      answer('writing');
      more();
    `);
    expect(await owner.next()).toBe('writing');
    const counts: number[] = [];
    for (let reading = 0; reading < 30; reading++) {
      const [seen] = attempt(() =>
        withDatabase(path, (db) => [
          ...db.query('SELECT count(*) AS n, max(a) AS last, sum(a <> b) AS torn FROM pairs'),
        ]),
      );
      if (seen === undefined) continue;
      expect(seen).toMatchObject({ torn: seen.n === 0 ? null : 0, last: seen.n === 0 ? null : seen.n });
      counts.push(Number(seen.n));
    }
    expect(counts.length).toBeGreaterThan(0);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(Number(await owner.tell('stop'))).toBeGreaterThanOrEqual(counts.at(-1) ?? 0);
  });

  it('stays as it is when nothing is written: no file appears or changes beside its database', async () => {
    make('wal').close();
    await using owner = await startOwner(
      `db.exec('INSERT INTO t VALUES (2)'); answer('open'); heard(() => 0);`,
    );
    expect(await owner.next()).toBe('open');
    const before = surroundings();
    expect(before.map(([name]) => name)).toEqual(['tool.db', 'tool.db-shm', 'tool.db-wal']);
    expect(withDatabase(path, rows)).toEqual([{ x: 1 }, { x: 2 }]);
    expect(surroundings()).toEqual(before);
  });

  /** A database that changes too fast to be copied is read next time. */
  function attempt<T>(read: () => readonly T[]): readonly T[] {
    try {
      return read();
    } catch (error) {
      expect(error).toMatchObject({ code: 'FILE_UNREADABLE' });
      return [];
    }
  }
});

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
