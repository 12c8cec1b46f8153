import { closeSync, mkdirSync, openSync, symlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startTestCore } from '../testing/core.ts';
import { writeAll } from './export.ts';

test('always: what a short write left over is written too, in order', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (content, most) => {
      const written: number[] = [];
      const bytes = writeAll(Buffer.from(content), (piece) => {
        const taken = piece.subarray(0, most);
        written.push(...taken);
        return taken.length;
      });
      expect(written).toEqual([...content]);
      expect(bytes).toBe(content.length);
    }),
  );
});

test('a disk that takes nothing more is told, not waited for', () => {
  expect(() => writeAll(Buffer.from('text'), () => 0)).toThrow(
    expect.objectContaining({ code: 'STORE_FULL' }),
  );
});

test.runIf(process.platform === 'linux')('a full device ends the writing with its error', () => {
  const fd = openSync('/dev/full', 'w');
  try {
    expect(() => writeAll(Buffer.from('text'), (piece) => writeSync(fd, piece))).toThrow('ENOSPC');
  } finally {
    closeSync(fd);
  }
});

test('an older export that another host takes away meanwhile is no trouble', async () => {
  await using t = await startTestCore();
  mkdirSync(join(t.dataDir, 'exports'), { recursive: true });
  // Listed, but not there when it is looked at.
  symlinkSync('gone', join(t.dataDir, 'exports', 'taken'));
  expect(await t.call('exports.create', { format: 'csv', filters: {} })).toMatchObject({ rows: 0 });
});
