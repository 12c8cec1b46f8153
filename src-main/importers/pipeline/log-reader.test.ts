import {
  appendFileSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogImporter, RowOutcome } from '../../platform/importer.ts';
import type { Json } from '../../platform/json.ts';
import { foundLog, kindsOf, readLog, reasonsOf } from '../../testing/read-log.ts';
import { type TempDir, tempDir } from '../../testing/temp-dir.ts';
import { type LogCursor, readLogFile } from './log-reader.ts';

/** Gives back what it was handed: the number of lines it has seen, and the line. */
const echo = {
  spec: 1,
  kind: 'log',
  id: 'echo',
  label: 'Echo',
  vendor: 'echo',
  vendorLabel: 'Echo',
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'local',
  merge: 'first',
  keyScope: 'global',
  accuracy: '',
  howToGet: '',
  hosts: [],
  settings: [],
  locations: () => [],
  fileKind: () => 'lines',
  recognises: () => false,
  needles: ['USE', '"also"'],
  openLines: (_file, state: Json | null) => {
    let seen = typeof state === 'number' ? state : 0;
    return { line: (text) => ({ kind: 'skip', reason: `${++seen} ${text}` }), state: () => seen };
  },
  *readDocument(text) {
    yield { line: 0, outcome: { kind: 'skip', reason: text } };
  },
} as const satisfies LogImporter;

let dir: TempDir;
let path: string;
let cursor: LogCursor | null;
beforeEach(() => {
  dir = tempDir();
  path = join(dir.path, 'a.log');
  cursor = null;
});
afterEach(() => dir[Symbol.dispose]());

/** Reads on from where the last call ended; answers `line number: lines seen, text`. */
function scan(options: { final?: boolean } = {}): readonly string[] {
  const read = readLog(echo, path, { final: false, cursor, ...options });
  cursor = JSON.parse(JSON.stringify(read.cursor));
  return read.lines.map(
    ({ line, outcome }) => `${line}: ${'reason' in outcome ? outcome.reason : outcome.kind}`,
  );
}

describe('appended lines', () => {
  it('are read once, numbered through, with the state of the last scan', () => {
    writeFileSync(path, 'USE one\nnothing\nUSE two\n');
    expect(scan()).toEqual(['1: 1 USE one', '3: 2 USE two']);
    expect(scan()).toEqual([]);
    appendFileSync(path, 'x "also"\n');
    expect(scan()).toEqual(['4: 3 x "also"']);
  });

  it('read only the new bytes, and none of an unchanged file', () => {
    writeFileSync(path, 'USE one\n'.repeat(1000));
    expect(readLog(echo, path).bytesRead).toBe(8000);
    scan();
    appendFileSync(path, 'USE two\n');
    const { bytesRead, cursor: after } = readLog(echo, path, { cursor });
    expect(bytesRead).toBe(8);
    expect(readLog(echo, path, { cursor: after }).bytesRead).toBe(0);
  });

  it('without their newline are left until they have it', () => {
    writeFileSync(path, 'USE one\nUSE tw');
    expect(scan()).toEqual(['1: 1 USE one']);
    appendFileSync(path, 'o');
    expect(scan()).toEqual([]);
    appendFileSync(path, '\nUSE three');
    expect(scan()).toEqual(['2: 2 USE two']);
  });

  it('of a complete file count also without a last newline', () => {
    writeFileSync(path, 'USE one\nUSE two');
    expect(scan({ final: true })).toEqual(['1: 1 USE one', '2: 2 USE two']);
    expect(cursor).toMatchObject({ offset: 15, line: 2 });
  });

  it('come in blocks that end anywhere', () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, i) => `${'x'.repeat((i * 37) % 301)}${i % 3 === 0 ? 'USE' : ''}${i}`,
    );
    writeFileSync(path, `${lines.join('\n')}\n`);
    const expected = lines.flatMap((line, i) =>
      line.includes('USE') ? [`${i + 1}: ${i / 3 + 1} ${line}`] : [],
    );
    expect(scan()).toEqual(expected);
  });
});

describe('a file that changed otherwise is read from its start', () => {
  it('cut and written anew under the same name (copytruncate)', () => {
    writeFileSync(path, 'USE one\nUSE two\n');
    scan();
    truncateSync(path, 0);
    appendFileSync(path, 'USE new\n');
    expect(scan()).toEqual(['1: 1 USE new']);
  });

  it('cut and grown beyond where the last scan ended', () => {
    writeFileSync(path, 'USE one\n');
    scan();
    truncateSync(path, 0);
    appendFileSync(path, 'USE eno\nUSE more\n');
    expect(scan()).toEqual(['1: 1 USE eno', '2: 2 USE more']);
  });

  it('replaced by another of the same size through a rename', () => {
    writeFileSync(path, 'USE one\n');
    scan();
    writeFileSync(`${path}.new`, 'USE two\n');
    renameSync(`${path}.new`, path);
    expect(scan()).toEqual(['1: 1 USE two']);
  });

  it('rewritten behind its first 4 KiB', () => {
    const head = 'USE head\n'.repeat(1000);
    writeFileSync(path, `${head}USE one\n`);
    scan();
    writeFileSync(path, `${head}USE two\nUSE three\n`);
    expect(scan().slice(-2)).toEqual(['1001: 1001 USE two', '1002: 1002 USE three']);
  });

  it('rotated: the old content under its new name is not read twice, the new file is whole', () => {
    writeFileSync(path, 'USE one\n');
    scan();
    const rotated = `${path}.1`;
    renameSync(path, rotated);
    writeFileSync(path, 'USE two\n');
    expect(readLog(echo, rotated, { cursor, final: false }).lines).toEqual([]);
    expect(scan()).toEqual(['1: 1 USE two']);
  });

  it('cut and written anew in the same size within one tick of the clock', () => {
    const now = new Date();
    writeFileSync(path, 'USE one\n');
    utimesSync(path, now, now);
    scan();
    truncateSync(path, 0);
    appendFileSync(path, 'USE two\n');
    utimesSync(path, now, now);
    expect(scan()).toEqual(['1: 1 USE two']);
  });

  it('but goes on where it was when only the inode is another', () => {
    writeFileSync(path, 'USE one\n');
    scan();
    writeFileSync(`${path}.new`, 'USE one\nUSE two\n');
    renameSync(`${path}.new`, path);
    expect(scan()).toEqual(['2: 2 USE two']);
  });
});

describe('a file cut and written anew while it is read', () => {
  /** Enough for several reads; what comes in its place is longer, so that its size does not tell. */
  const old = Array.from({ length: 100_000 }, (_, i) => `USE old ${i}\n`).join('');
  const fresh = Array.from({ length: 200_000 }, (_, i) => `USE new ${i}\n`).join('');

  /** Reads, and replaces the content when the first line comes; then reads on. */
  function readWhileReplaced(): { seen: string[]; cursor: LogCursor } {
    const seen: string[] = [];
    const sink = {
      outcome(_line: number, _outcome: unknown, raw: string) {
        if (seen.push(raw) > 1) return;
        truncateSync(path, 0);
        appendFileSync(path, fresh);
      },
      bytes: () => undefined,
    };
    const first = readLogFile(echo, foundLog(echo, path), cursor, sink, () => false);
    const second = readLogFile(echo, foundLog(echo, path), first.cursor, sink, () => false);
    return { seen, cursor: second.cursor };
  }

  it.each(['from its start', 'from where the last scan ended'])(
    'gives every new line once, read %s',
    (how) => {
      writeFileSync(path, how === 'from its start' ? '' : 'USE before\n'.repeat(2000));
      if (how !== 'from its start') scan();
      appendFileSync(path, old);
      const { seen } = readWhileReplaced();
      const fromNew = seen.filter((line) => line.includes('new'));
      expect(fromNew.length).toBe(200_000);
      expect(fromNew.join('\n')).toBe(fresh.trimEnd());
      expect(seen.filter((line) => !/^USE (old|new) \d+$/.test(line))).toEqual([]);
    },
  );
});

it('a file that grows faster than it is read is read to where it began, and the rest next time', () => {
  writeFileSync(path, 'USE 0\n');
  const readGrowing = (from: LogCursor | null): { seen: string[]; cursor: LogCursor } => {
    const seen: string[] = [];
    const outcome = (_line: number, _outcome: unknown, raw: string) => {
      seen.push(raw);
      appendFileSync(path, `USE ${raw} a\nUSE ${raw} b\n`);
    };
    const sink = { outcome, bytes: () => undefined };
    return { seen, cursor: readLogFile(echo, foundLog(echo, path), from, sink, () => false).cursor };
  };
  let from: LogCursor | null = null;
  const counts = Array.from({ length: 6 }, () => {
    const read = readGrowing(from);
    from = read.cursor;
    return read.seen.length;
  });
  expect(counts).toEqual([1, 2, 4, 8, 16, 32]);
});

describe('a file that goes away', () => {
  it('between listing and reading reads as empty and keeps what is known of it', () => {
    writeFileSync(path, 'USE one\n');
    scan();
    const found = foundLog(echo, path);
    rmSync(path);
    const read = readLogFile(
      echo,
      found,
      cursor,
      { outcome: () => expect.unreachable(), bytes: () => undefined },
      () => false,
    );
    expect(read).toEqual({ cursor, bytesRead: 0 });
  });

  it('or is a folder by then says why', () => {
    writeFileSync(path, '');
    const found = foundLog(echo, path);
    rmSync(path);
    mkdirSync(path);
    const read = () =>
      readLogFile(echo, found, null, { outcome: () => undefined, bytes: () => undefined }, () => false);
    expect(read).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
  });
});

describe('odd bytes', () => {
  it('do not hide lines: byte order mark, CRLF, zeros left by a crash, blank lines', () => {
    writeFileSync(path, '\uFEFFUSE one\r\n\r\n\0\0\0\0USE two\n\uFEFFUSE three\0\0\n');
    expect(scan()).toEqual(['1: 1 USE one', '3: 2 USE two', '4: 3 USE three']);
  });

  it('that are no UTF-8 cost one character, not the line', () => {
    writeFileSync(
      path,
      Buffer.concat([Buffer.from('USE '), Buffer.from([0xc0, 0x80, 0xff]), Buffer.from(' ok\n')]),
    );
    expect(scan()).toEqual(['1: 1 USE \uFFFD\uFFFD\uFFFD ok']);
  });

  it.each([3, 40])('of a hole of %i MB in the file are passed over', (megabytes) => {
    writeFileSync(path, 'USE one\n');
    const fd = openSync(path, 'r+');
    ftruncateSync(fd, megabytes * 1_000_000);
    closeSync(fd);
    appendFileSync(path, 'USE two\n');
    expect(scan()).toEqual(['1: 1 USE one', '2: 2 USE two']);
  });
});

describe('very long lines', () => {
  const mib = 1024 ** 2;

  it('up to 16 MiB are read', () => {
    writeFileSync(path, `USE ${'x'.repeat(15 * mib)}\nUSE next\n`);
    expect(scan().map((line) => line.length)).toEqual([
      15 * mib + '1: 1 USE '.length,
      '2: 2 USE next'.length,
    ]);
  });

  it('beyond are refused with a reason when they hold a needle, else passed over; the next ones are read', () => {
    const long = 'x'.repeat(20 * mib);
    writeFileSync(path, `${long}\nUSE a\n${long}US`);
    appendFileSync(path, `E${long}\nUSE b\n${'y'.repeat(17 * mib)}"also"`);
    const { lines, cursor: unfinished } = readLog(echo, path, { final: false });
    expect(lines.map(({ line, outcome }) => [line, outcome.kind])).toEqual([
      [2, 'skip'],
      [3, 'refuse'],
      [4, 'skip'],
    ]);
    expect(reasonsOf(lines)).toEqual(['the line is longer than 16 MiB']);
    appendFileSync(path, '\nUSE c\n');
    const rest = readLog(echo, path, { final: false, cursor: unfinished }).lines;
    expect(rest.map(({ line, outcome }) => [line, outcome.kind])).toEqual([
      [5, 'refuse'],
      [6, 'skip'],
    ]);
  });
});

describe('nesting', () => {
  it('deeper than any log is refused before it is parsed; brackets in strings are no nesting', () => {
    const deep = `"USE"${'['.repeat(100_000)}`;
    const flat = JSON.stringify(`USE ${'[{\\"'.repeat(50_000)}`);
    writeFileSync(path, `${deep}\n${flat}\n`);
    const { lines } = readLog(echo, path);
    expect(lines.map(({ outcome }) => outcome.kind)).toEqual(['refuse', 'skip']);
    expect(reasonsOf(lines)).toEqual(['the JSON nests deeper than 64 levels']);
  });

  it('deeper than the stack refuses the one line or document, however short it is', () => {
    const deep = `"USE"${'['.repeat(30_000)}${']'.repeat(30_000)}`;
    const walk = (text: string) => JSON.stringify(JSON.parse(text.slice('"USE"'.length)));
    const outcome = (text: string): RowOutcome => ({ kind: 'skip', reason: walk(text) });
    const walker: LogImporter = {
      ...echo,
      openLines: () => ({ line: outcome, state: () => null }),
      *readDocument(text) {
        yield { line: 1, outcome: { kind: 'skip', reason: 'first' } };
        yield { line: 2, outcome: outcome(text) };
      },
    };
    writeFileSync(path, `${deep}\n"USE"[]\n`);
    expect(kindsOf(readLog(walker, path).lines)).toEqual(['refuse', 'skip']);
    writeFileSync(path, deep);
    expect(kindsOf(readLog(walker, path, { kind: 'document' }).lines)).toEqual(['skip', 'refuse']);
  });
});

describe('stopping', () => {
  it('leaves a cursor from which the rest is read', () => {
    writeFileSync(path, 'USE one\n'.repeat(200_000));
    const seen: number[] = [];
    let blocks = 0;
    const sink = { outcome: (line: number) => void seen.push(line), bytes: () => void blocks++ };
    const read = readLogFile(echo, foundLog(echo, path), null, sink, () => blocks > 0);
    expect(seen.length).toBeLessThan(200_000);
    readLogFile(echo, foundLog(echo, path), read.cursor, sink, () => false);
    expect(seen).toEqual(Array.from({ length: 200_000 }, (_, i) => i + 1));
  });
});

describe('whole files', () => {
  it('packed with zstd are read once', () => {
    path = `${path}.zst`;
    writeFileSync(path, zstdCompressSync('USE one\nUSE two'));
    expect(scan()).toEqual(['1: 1 USE one', '2: 2 USE two']);
    expect(scan()).toEqual([]);
  });

  it('packed and damaged say so and are tried again', () => {
    path = `${path}.zst`;
    writeFileSync(path, zstdCompressSync('USE one\n'.repeat(9_000)).subarray(0, 20));
    expect(() => scan()).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
  });

  it('documents are read again only when they have changed', () => {
    writeFileSync(path, '\uFEFF{"a":1}');
    const first = readLog(echo, path, { kind: 'document' });
    expect(first.lines.map(({ outcome }) => 'reason' in outcome && outcome.reason)).toEqual(['{"a":1}']);
    expect(readLog(echo, path, { kind: 'document', cursor: first.cursor })).toMatchObject({
      bytesRead: 0,
      lines: [],
    });
    writeFileSync(path, '{"a":22}');
    expect(readLog(echo, path, { kind: 'document', cursor: first.cursor }).lines).toHaveLength(1);
  });

  it('documents that nest too deep are refused', () => {
    writeFileSync(path, '['.repeat(70_000));
    expect(reasonsOf(readLog(echo, path, { kind: 'document' }).lines)).toEqual([
      'the JSON nests deeper than 64 levels',
    ]);
  });
});
