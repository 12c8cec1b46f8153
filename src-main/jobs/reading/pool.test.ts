import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claudeCode } from '../../importers/claude-code.ts';
import { codex } from '../../importers/codex.ts';
import { geminiCli } from '../../importers/gemini-cli.ts';
import { qwenCode } from '../../importers/qwen-code.ts';
import { createCosts } from '../../ledger/cost.ts';
import type { FacetFacts } from '../../ledger/facet.ts';
import { packedFields, packedWidth } from '../../ledger/packed.ts';
import type { LogImporter } from '../../platform/importer.ts';
import { createPriceBook, readSupplement } from '../../pricing/index.ts';
import { samplesDir } from '../../testing/core.ts';
import { readPriceSupplement } from '../../testing/price-book.ts';
import { foundLog, readLog } from '../../testing/read-log.ts';
import { tempDir } from '../../testing/temp-dir.ts';
import type { LogToRead } from './piece.ts';
import { type LogsToRead, type PartSink, readLogs } from './pool.ts';
import type { LogPart } from './read-log.ts';

const supplement = readSupplement(readPriceSupplement());
const prices = { supplement, overrides: [], aliases: [] };
const costOf = createCosts(createPriceBook(prices), []);

/** Copies of a tool's samples in many folders, as a machine has them. */
function manyLogs(dir: string, importer: LogImporter, prefix: string, copies: number): LogToRead[] {
  const names = readdirSync(samplesDir).filter((name) => name.startsWith(prefix));
  return Array.from({ length: copies }, (_, copy) => copy).flatMap((copy) => {
    const folder = join(dir, String(copy));
    mkdirSync(folder);
    return names.map((name) => {
      const path = join(folder, name);
      copyFileSync(join(samplesDir, name), path);
      return { file: foundLog(importer, path, kindOf(importer, name)), cursor: null };
    });
  });
}

function kindOf(importer: LogImporter, name: string) {
  return importer.readDocument !== undefined && name.endsWith('.json') ? { kind: 'document' as const } : {};
}

type Wish = Pick<LogsToRead, 'importer' | 'files'> & { readonly readers: number };

/** Everything a reading gave, in the order it was given, whoever packed it. */
function collect({ over = {}, ...wish }: Wish & { readonly over?: Partial<PartSink> }) {
  const files = wish.files.map(() => ({ rows: [] as unknown[], lines: 0, bytes: 0, loose: [] as unknown[] }));
  const ended: string[] = [];
  const facets = new Map<number, FacetFacts[]>();
  const origins: string[] = [];
  readLogs(
    { ...wish, prices: () => prices, rates: [], costOf },
    {
      part({ file, bytes, piece, end }, stream) {
        const into = files[file];
        if (into === undefined) throw new Error('no such file');
        const known = facets.get(stream) ?? [];
        facets.set(stream, known);
        into.rows.push(...rowsOf(piece, known));
        into.loose.push(...piece.loose);
        into.lines += piece.loose.length + (piece.packed?.count ?? 0) + piece.duplicate + piece.skipped;
        into.bytes += bytes;
        if (end !== null)
          ended.push(end.kind === 'read' ? `${file} read to ${end.cursor.offset}` : `${file} ${end.reason}`);
      },
      sourceOf(origin) {
        const text = JSON.stringify(origin);
        if (!origins.includes(text)) origins.push(text);
        return 1 + origins.indexOf(text);
      },
      stopIfAsked: () => undefined,
      stop: () => false,
      ...over,
    },
  );
  return { files, ended };
}

/** Rows in words: what each says of its own, and its facet. */
function rowsOf({ packed }: LogPart['piece'], known: FacetFacts[]): readonly unknown[] {
  if (packed === null) return [];
  known.push(...packed.facets);
  const numbers = Array.from(packed.numbers);
  expect(numbers).toHaveLength(packed.count * packedWidth);
  return Array.from({ length: packed.count }, (_, row) => {
    const own = numbers.slice(row * packedWidth, (row + 1) * packedWidth);
    // When the first record of a facet was is that of its stream.
    const { at: _at, ...facet } = known[own[packedFields.facet] ?? 0] as FacetFacts;
    return { ...facet, own: own.with(packedFields.facet, 0), text: packed.text };
  });
}

test.each([
  { importer: claudeCode, prefix: 'claude_code_' },
  { importer: codex, prefix: 'codex_rollout' },
  // Read as a whole, line by line and as a document.
  { importer: qwenCode, prefix: 'qwen_chat' },
  { importer: geminiCli, prefix: 'gemini_' },
])('threads find what one finds, file by file in order: $importer.id', ({ importer, prefix }) => {
  using dir = tempDir();
  const files = manyLogs(dir.path, importer, prefix, 40);
  expect(files.length).toBeGreaterThanOrEqual(40);
  const alone = collect({ importer, files, readers: 0 });
  expect(alone.files.some(({ rows }) => rows.length > 0)).toBe(true);
  expect(alone.ended).toHaveLength(files.length);
  for (const [index, { file }] of files.entries()) {
    const { lines } = readLog(importer, file.path, { kind: file.kind, final: false });
    // Every line is accounted for: loose, packed, merged into one that is, or counted.
    expect(alone.files[index]?.lines).toBe(lines.length);
  }
  for (const readers of [1, 2]) expect(collect({ importer, files, readers })).toEqual(alone);
});

test.each([0, 1])(
  'a file that is gone reads as empty, one that is a folder says so, and the others are read, by %i threads',
  (readers) => {
    using dir = tempDir();
    const files = manyLogs(dir.path, claudeCode, 'claude_code_session', 3);
    const [first, second] = files.map(({ file }) => file.path);
    rmSync(first ?? '');
    rmSync(second ?? '');
    mkdirSync(second ?? '');
    const { ended, files: found } = collect({ importer: claudeCode, files, readers });
    expect(ended[0]).toBe('0 read to 0');
    expect(ended[1]).toMatch(/^1 .*(is not a file|cannot be read)/);
    expect(found[2]?.rows.length).toBeGreaterThan(0);
  },
);

test.each([0, 2])('a stop ends the reading at once, and the next one is whole, by %i threads', (readers) => {
  using dir = tempDir();
  const wish = {
    importer: claudeCode,
    files: manyLogs(dir.path, claudeCode, 'claude_code_', 100),
    readers,
  };
  let asked = 0;
  const stopIfAsked = () => {
    if (++asked > 3) throw new Error('stopped');
  };
  expect(() => collect({ ...wish, over: { stopIfAsked } })).toThrow('stopped');
  expect(collect(wish).ended).toHaveLength(wish.files.length);
});

test.each([0, 1])(
  'what goes wrong where rows are stored is no fault of the log, by %i threads',
  (readers) => {
    using dir = tempDir();
    const files = manyLogs(dir.path, claudeCode, 'claude_code_session', 3);
    let parts = 0;
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    const part = () => {
      parts++;
      throw full;
    };
    expect(() => collect({ importer: claudeCode, files, readers, over: { part } })).toThrow(full);
    expect(parts).toBe(1);
  },
);

test('what goes wrong in a thread is told, not waited for', () => {
  using dir = tempDir();
  const importer = { ...claudeCode, id: 'nobody' } as unknown as LogImporter;
  // Too large for the writer to read itself, so that it has to wait.
  const files = manyLogs(dir.path, claudeCode, 'claude_code_session', 1).map((log) => ({
    ...log,
    file: { ...log.file, size: 1024 ** 3 },
  }));
  expect(() => collect({ importer, files, readers: 1 })).toThrow('"nobody" reads no logs');
});
