import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogImporter } from '../../platform/importer.ts';
import { type TempDir, tempDir } from '../../testing/temp-dir.ts';
import { recogniseLog } from './recognise-log.ts';

let dir: TempDir;
let path: string;
beforeEach(() => {
  dir = tempDir();
  path = join(dir.path, 'dropped');
});
afterEach(() => dir[Symbol.dispose]());

const byText = (word: string) => ({ id: word, recognises: (head: string) => head.startsWith(word) });
const byTable = (table: string) => ({
  id: table,
  recognises: () => false,
  recognisesDatabase: (db: { hasTable(name: string): boolean }) => db.hasTable(table),
});

function recognise(...importers: readonly object[]): readonly string[] {
  return recogniseLog(importers as readonly LogImporter[], path).map(({ id }) => id);
}

describe('recognising by content', () => {
  it('gives every format that fits: choosing between two is the user’s', () => {
    writeFileSync(path, '\uFEFFalpha beta');
    expect(recognise(byText('alpha'), byText('beta'), byText('al'))).toEqual(['alpha', 'al']);
  });

  it('looks into a packed file of any size', () => {
    const text = `alpha${Array.from({ length: 100_000 }, (_, i) => Math.sin(i)).join()}`;
    writeFileSync(path, zstdCompressSync(text));
    expect(recognise(byText('alpha'), byText('beta'))).toEqual(['alpha']);
  });

  it('looks at the tables of a database, whatever its name', () => {
    const db = new Database(path);
    db.exec('CREATE TABLE message (id)');
    db.close();
    expect(recognise(byTable('message'), byTable('other'), byText('SQLite'))).toEqual(['message']);
  });

  it('knows nothing in a broken database or an empty file', () => {
    writeFileSync(path, 'SQLite format 3\0 and nothing more');
    expect(recognise(byTable('message'))).toEqual([]);
    writeFileSync(path, '');
    expect(recognise(byText('alpha'))).toEqual([]);
  });

  it('says when the file cannot be opened', () => {
    expect(() => recognise(byText('alpha'))).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
  });
});
