import { describe, expect, test } from 'vitest';
import { seeded } from '../testing/faults/made-up.ts';
import { tempDir } from '../testing/temp-dir.ts';
import {
  type AuditRow,
  appendAudit,
  checkAudit,
  countAudit,
  listAudit,
  readAuditHead,
  sealAudit,
} from './audit.ts';
import { inTransaction, openDatabase, type WriteDb } from './database.ts';
import { ledgerPath, openLedger } from './open.ts';

const clock = { now: () => Date.UTC(2026, 10, 28) };

function logOf(db: WriteDb, entries: number): void {
  inTransaction(db, () => {
    for (let i = 1; i <= entries; i++)
      appendAudit(db, {
        ...{ at: i * 1000, actor: 'cli', action: i % 3 === 0 ? 'key.saved' : 'setting.changed' },
        ...{ subject: `subject ${i % 50}`, details: JSON.stringify({ from: i, to: i + 1 }) },
      });
  });
}

function openLog(dir: string): WriteDb {
  openLedger(dir, clock).close();
  return openDatabase(ledgerPath(dir), 'write');
}

describe('the chain', () => {
  test('grows at its end, lists the newest first and is whole', () => {
    using dir = tempDir();
    const db = openLog(dir.path);
    expect(checkAudit(db)).toMatchObject({ firstBad: null, holdsSealed: true });
    logOf(db, 120);
    expect(checkAudit(db).firstBad).toBeNull();
    expect(countAudit(db)).toBe(120);
    expect(listAudit(db, { offset: 10, limit: 2 }).map(({ id }) => id)).toEqual([110, 109]);
    db.close();
  });

  test('a seal is kept for the head it was made of, and stays when the log goes on', () => {
    using dir = tempDir();
    const db = openLog(dir.path);
    logOf(db, 3);
    const { count, hash } = readAuditHead(db);
    sealAudit(db, { count: 2, hash, by: 'x', value: 'stale' });
    expect(readAuditHead(db).seal).toBeNull();
    sealAudit(db, { count, hash, by: 'x', value: 'made' });
    logOf(db, 1);
    expect(readAuditHead(db)).toMatchObject({ count: 4, seal: { count: 3, value: 'made' } });
    expect(checkAudit(db)).toMatchObject({ firstBad: null, holdsSealed: true });
    // From what was sealed on: an entry before it is found by the whole check alone.
    db.exec("UPDATE audit SET actor = 'web' WHERE id = 2");
    expect(checkAudit(db, { count, hash }).firstBad).toBeNull();
    expect(checkAudit(db).firstBad).toEqual({ id: 2, flaw: 'changed' });
    db.exec("UPDATE audit SET hash = 'x' WHERE id = 3");
    expect(checkAudit(db, { count, hash })).toMatchObject({ firstBad: { id: 3 }, holdsSealed: false });
    db.close();
  });
});

const columns = ['at', 'actor', 'action', 'subject', 'details', 'hash'] as const;

/** What someone with a database tool might do. Answers with the first entry that is not what it was. */
const edits: readonly ((db: WriteDb, random: () => number) => number)[] = [
  function change(db, random) {
    const id = 1 + Math.floor(random() * count(db));
    const column = columns[Math.floor(random() * columns.length)] ?? 'at';
    const row = rowAt(db, id);
    const value = column === 'at' ? row.at + 1 : flipped(row[column], random);
    db.prepare(`UPDATE audit SET ${column} = ? WHERE id = ?`).run(value, id);
    return id;
  },
  function remove(db, random) {
    const id = 1 + Math.floor(random() * (count(db) - 1));
    db.prepare('DELETE FROM audit WHERE id = ?').run(id);
    if (random() < 0.5) shift(db, id, -1);
    return id;
  },
  function swap(db, random) {
    const [a, b] = [1 + Math.floor(random() * count(db)), 1 + Math.floor(random() * count(db))];
    const [first, second] = a < b ? [a, b] : a > b ? [b, a] : [1, 2];
    const [one, two] = [rowAt(db, first), rowAt(db, second)];
    put(db, { ...two, id: first });
    put(db, { ...one, id: second });
    return first;
  },
  function insert(db, random) {
    const id = 1 + Math.floor(random() * count(db));
    const copy = rowAt(db, 1 + Math.floor(random() * count(db)));
    shift(db, id - 1, 1);
    // The same entry twice is one too many as well: the second of them.
    put(db, { ...copy, id, at: copy.at + 1 });
    return id;
  },
  function cutTail(db, random) {
    const id = 1 + Math.floor(random() * count(db));
    db.prepare('DELETE FROM audit WHERE id >= ?').run(id);
    return id;
  },
];

const count = (db: WriteDb): number => db.prepare('SELECT count(*) FROM audit').pluck().get() as number;
const rowAt = (db: WriteDb, id: number): AuditRow =>
  db.prepare('SELECT * FROM audit WHERE id = ?').get(id) as AuditRow;
const put = (db: WriteDb, row: AuditRow): void =>
  void db
    .prepare(
      'INSERT OR REPLACE INTO audit (id, at, actor, action, subject, details, hash) VALUES (@id, @at, @actor, @action, @subject, @details, @hash)',
    )
    .run(row);

/** Moves the entries above an id by one; through negative ids, so that none is in another's way. */
function shift(db: WriteDb, above: number, by: 1 | -1): void {
  db.prepare('UPDATE audit SET id = -(id + ?) WHERE id > ?').run(by, above);
  db.exec('UPDATE audit SET id = -id WHERE id < 0');
}

function flipped(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const other = text[at] === 'x' ? 'y' : 'x';
  return text.slice(0, at) + other + text.slice(at + 1);
}

/** T8.6: of 10,000 entries; LLMLAB_AUDIT_EDITS sets how many edits are tried. */
const tries = Number(process.env.LLMLAB_AUDIT_EDITS ?? 100);

test(`every edit is found, with the first entry it touched (${tries} edits)`, () => {
  using dir = tempDir();
  const db = openLog(dir.path);
  logOf(db, 10_000);
  const random = seeded(86);
  for (let i = 0; i < tries; i++) {
    const edit = edits[i % edits.length];
    db.exec('SAVEPOINT edit');
    const first = edit?.(db, random);
    expect(checkAudit(db).firstBad?.id, `${edit?.name} ${i}`).toBe(first);
    db.exec('ROLLBACK TO edit; RELEASE edit');
  }
  expect(checkAudit(db).firstBad).toBeNull();
  db.close();
}, 600_000);
