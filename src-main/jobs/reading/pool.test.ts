import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claudeCode } from '../../importers/claude-code.ts';
import { codex } from '../../importers/codex.ts';
import { qwenCode } from '../../importers/qwen-code.ts';
import type { LogImporter, RowOutcome } from '../../platform/importer.ts';
import { samplesDir } from '../../testing/core.ts';
import { foldRecords, foundLog, readLog, recordsOf } from '../../testing/read-log.ts';
import { tempDir } from '../../testing/temp-dir.ts';
import { unpackPiece } from './packed.ts';
import type { LogToRead, Piece } from './piece.ts';
import { type PieceSink, readInThreads } from './pool.ts';

/** Copies of a tool's samples in many folders, as a machine has them. */
function manyLogs(dir: string, importer: LogImporter, prefix: string, copies: number): LogToRead[] {
  const names = readdirSync(samplesDir).filter((name) => name.startsWith(prefix));
  return Array.from({ length: copies }, (_, copy) => copy).flatMap((copy) => {
    const folder = join(dir, String(copy));
    mkdirSync(folder);
    return names.map((name) => {
      const path = join(folder, name);
      copyFileSync(join(samplesDir, name), path);
      return { file: foundLog(importer, path), cursor: null };
    });
  });
}

/** Everything a reading gave, in the order it was given. */
function collect(importer: LogImporter, logs: readonly LogToRead[], over: Partial<PieceSink> = {}) {
  const pieces: { file: number; piece: Piece }[] = [];
  const ended: string[] = [];
  readInThreads(importer, logs, {
    stopIfAsked: () => undefined,
    piece: (file, packed) => void pieces.push({ file, piece: unpackPiece(packed) }),
    read: (file, cursor) => void ended.push(`${file} read to ${cursor.offset}`),
    unreadable: (file, reason) => void ended.push(`${file} ${reason}`),
    ...over,
  });
  return { pieces, ended };
}

const kindOf = (outcome: RowOutcome): string => outcome.kind;

test.each([
  { importer: claudeCode, prefix: 'claude_code_' },
  { importer: codex, prefix: 'codex_rollout' },
  // Read as a whole, by two threads.
  { importer: qwenCode, prefix: 'qwen_chat' },
])('threads find what one finds, file by file in order: $importer.id', ({ importer, prefix }) => {
  using dir = tempDir();
  const logs = manyLogs(dir.path, importer, prefix, 40);
  const { pieces, ended } = collect(importer, logs);
  expect(ended).toEqual(
    logs.map(
      ({ file }, index) => `${index} read to ${readLog(importer, file.path, { final: false }).cursor.offset}`,
    ),
  );
  for (const [index, { file }] of logs.entries()) {
    const lines = readLog(importer, file.path, { final: false }).lines;
    const own = pieces.filter((one) => one.file === index).map(({ piece }) => piece);
    const taken = own.flatMap((piece) => piece.taken);
    const found = recordsOf(taken.map(({ line, outcome, raw }) => ({ line, outcome, raw: raw ?? '' })));
    expect(foldRecords(importer, found)).toEqual(foldRecords(importer, recordsOf(lines)));
    // Every line is accounted for: taken, merged into one that was, or counted.
    const counted = own.reduce(
      (sum, { duplicate, skipped, taken: rows }) =>
        sum + duplicate + skipped + rows.reduce((rest, { repeats }) => rest + 1 + repeats, 0),
      0,
    );
    expect(counted).toBe(lines.length);
    expect(own.reduce((sum, { skipped }) => sum + skipped, 0)).toBe(
      lines.map(({ outcome }) => kindOf(outcome)).filter((kind) => kind === 'skip').length,
    );
  }
  expect([...pieces].sort((a, b) => a.file - b.file)).toEqual(pieces);
});

test('a file that is gone reads as empty, one that is a folder says so, and the others are read', () => {
  using dir = tempDir();
  const logs = manyLogs(dir.path, claudeCode, 'claude_code_session', 3);
  const [first, second] = logs.map(({ file }) => file.path);
  rmSync(first ?? '');
  rmSync(second ?? '');
  mkdirSync(second ?? '');
  const { ended, pieces } = collect(claudeCode, logs);
  expect(ended[0]).toBe('0 read to 0');
  expect(ended[1]).toMatch(/^1 .*(is not a file|cannot be read)/);
  expect(pieces.filter(({ file }) => file === 2).flatMap(({ piece }) => piece.taken).length).toBeGreaterThan(
    0,
  );
});

test('a stop ends the reading at once, and the next one is whole', () => {
  using dir = tempDir();
  const logs = manyLogs(dir.path, claudeCode, 'claude_code_', 100);
  let asked = 0;
  const stop = () => {
    if (++asked > 3) throw new Error('stopped');
  };
  expect(() => collect(claudeCode, logs, { stopIfAsked: stop })).toThrow('stopped');
  expect(collect(claudeCode, logs).ended).toHaveLength(logs.length);
});
