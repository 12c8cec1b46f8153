import { spawnSync } from 'node:child_process';
import { appendFileSync, closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { samplesDir } from '../testing/core.ts';
import { logSpecimens, logText } from '../testing/hostile/log-specimen.ts';
import { zipFile } from '../testing/hostile/zip-file.ts';
import { type TempDir, tempDir } from '../testing/temp-dir.ts';

const child = join(import.meta.dirname, '../testing/hostile/heavy-run.ts');
const mib = 1024 ** 2;
const table = readFileSync(join(samplesDir, 'openai_cost.csv'), 'utf8');
const commas = ','.repeat((table.split('\n')[0] ?? '').split(',').length - 1);

interface Run {
  readonly counts: { readonly accepted: number; readonly refused: number } | null;
  readonly reasons: readonly string[];
  readonly refused: readonly string[];
  readonly cpuMs: number;
  readonly peakMebibytes: number;
}

let dir: TempDir;
beforeEach(() => {
  dir = tempDir();
});
afterEach(() => dir[Symbol.dispose]());

/** Time is the processor's: other work on the machine must not turn a test red. */
function run(path: string, as = '', limit = ''): Run {
  const node = [process.execPath, child, path, as];
  const [command = '', ...args] =
    limit === '' ? node : ['/bin/sh', '-c', `${limit}; exec "$@"`, 'sh', ...node];
  const { stdout, stderr, signal } = spawnSync(command, args, { encoding: 'utf8' });
  expect([signal, stderr]).toEqual([null, '']);
  const result = JSON.parse(stdout) as Run;
  expect(result.peakMebibytes, 'MiB at the peak').toBeLessThan(512);
  expect(result.cpuMs, 'milliseconds of processor').toBeLessThan(5_000);
  return result;
}

function put(name: string, start: string, mebibytes: number, end: string): string {
  const path = join(dir.path, name);
  writeFileSync(path, start);
  const fd = openSync(path, 'a');
  const block = Buffer.alloc(8 * mib, 'x');
  for (let done = 0; done < mebibytes; done += 8)
    writeSync(fd, block, 0, Math.min(8, mebibytes - done) * mib);
  closeSync(fd);
  appendFileSync(path, end);
  return path;
}

// Rows and lines are put together, and given up when too long, before any format sees them.
describe('a table', { timeout: 120_000 }, () => {
  test.each(['', '"'])('23: with a field of 100 MiB (in quotes: %j) loses that row only', (quote) => {
    const path = put(
      'a.csv',
      `${table}${quote}`,
      100,
      `${quote}${commas}\n${table.trimEnd().split('\n').at(-1)}\n`,
    );
    const { counts } = run(path);
    expect(counts).toMatchObject({ accepted: 5, refused: 1 });
  });

  test('24: with 1 GiB without a newline loses that row only', () => {
    expect(run(put('a.csv', table, 1024, '')).counts).toMatchObject({ accepted: 4, refused: 1 });
  });

  test('24: that is 1 GiB without a newline is refused', () => {
    expect(run(put('a.csv', 'x', 1024, ''))).toMatchObject({ counts: null, refused: ['FORMAT_UNKNOWN'] });
  });
});

describe('a log', { timeout: 120_000 }, () => {
  const lines = logSpecimens().find(({ kind }) => kind === 'lines');
  const documents = logSpecimens().filter(({ kind }) => kind === 'document');

  test('24: with a line of 1 GiB loses that line only', () => {
    if (lines === undefined) throw new Error('no format of lines');
    const { importer, units, usage } = lines;
    const start = `${logText(lines, units)}${(units[usage] ?? '').slice(0, -1)},"zz":"`;
    const { reasons, counts } = run(put('a.jsonl', start, 1024, '"}\n'), importer.id);
    expect(reasons).toEqual(['the line is longer than 16 MiB']);
    expect(counts?.accepted).toBeGreaterThan(0);
  });

  test('54 and 55: a string of 10 MB and an object of 200,000 keys are read within the memory', () => {
    const keys = Array.from({ length: 200_000 }, (_, index) => `"zz${index}":0`).join();
    for (const specimen of [lines, documents[0]].filter((each) => each !== undefined)) {
      const more = `{"zz":"${'x'.repeat(10 * mib)}","yy":{${keys}},`;
      const units = specimen.units.map((unit, at) =>
        at === specimen.usage ? unit.replace('{', () => more) : unit,
      );
      const path = put(specimen.sample, logText(specimen, units), 0, '');
      expect(run(path, specimen.importer.id).counts).toMatchObject({ refused: 0 });
    }
  });
});

describe('57: an archive made to do harm', { timeout: 60_000 }, () => {
  const bomb = deflateRawSync(Buffer.alloc(128 * mib), { level: 9 });
  const entry = { name: 'a.csv', content: '', packed: bomb, statedBytes: 128 * mib };
  const bombs = {
    'one file': zipFile([entry]),
    'many files': zipFile(Array.from({ length: 200 }, (_, index) => ({ ...entry, name: `${index}.csv` }))),
    'files that share their bytes': zipFile([entry, { ...entry, name: 'b.csv', overlaps: true }]),
    'archives in an archive': zipFile([{ name: 'a.zip', content: zipFile([entry]) }]),
  };

  test.each(Object.entries(bombs))(
    '(%s) is refused before 64 MiB are written, within 2 s',
    (_what, bytes) => {
      const path = join(dir.path, 'bomb.zip');
      writeFileSync(path, bytes);
      // In blocks of 512 bytes: a larger file ends the process.
      const limit = process.platform === 'win32' ? '' : 'ulimit -f 131072';
      const result = run(path, '', limit);
      expect(result).toMatchObject({ counts: null, refused: [expect.stringMatching(/^FILE_/)] });
      expect(result.cpuMs).toBeLessThan(2_000);
    },
  );
});
