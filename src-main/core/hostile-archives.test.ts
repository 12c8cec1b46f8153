import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplesDir, startTestCore, type TestCore } from '../testing/core.ts';
import { type ZipEntry, zipFile } from '../testing/hostile/zip-file.ts';

const content = readFileSync(join(samplesDir, 'openai_cost.csv'), 'utf8');
const good: ZipEntry = { name: 'a.csv', content };

let t: TestCore;
beforeAll(async () => {
  t = await startTestCore();
});
afterAll(() => t[Symbol.asyncDispose]());

async function commit(bytes: Buffer) {
  const path = join(t.dir, 'export.zip');
  writeFileSync(path, bytes);
  const preview = await t.call('imports.preview', { file: { path } });
  const { files, unreadable } = await t.call('imports.commit', { file: { path } });
  for (const { importId } of files) if (importId !== null) await t.call('imports.undo', { importId });
  return { files, unreadable, previews: preview.files.map(({ kind }) => kind) };
}

const unsafe = [
  '../a.csv',
  'x/../../a.csv',
  '/a.csv',
  'C:a.csv',
  'c:\\a.csv',
  '..\\a.csv',
  'a\\..\\..\\b.csv',
  '\\a.csv',
  'a\0.csv',
];
const whole = zipFile([good, { name: 'b.csv', content: content.replaceAll('user-', 'u-') }]);

const refused: readonly (readonly [number, string, Buffer])[] = [
  [58, 'entries that share their bytes', zipFile([good, { ...good, name: 'b.csv', overlaps: true }])],
  ...unsafe.map(
    (name) => [59, `the name ${JSON.stringify(name)}`, zipFile([good, { ...good, name }])] as const,
  ),
  [60, 'a link', zipFile([good, { name: 'b.csv', content: '/etc/passwd', isLink: true }])],
  [61, 'a file larger than it says', zipFile([{ ...good, statedBytes: 10 }])],
  [61, 'a file smaller than it says', zipFile([{ ...good, statedBytes: content.length + 10 }])],
  [62, 'one name twice', zipFile([good, good])],
  [62, 'names that differ in case', zipFile([good, { ...good, name: 'A.CSV' }])],
  [63, 'an encrypted file', zipFile([{ ...good, isEncrypted: true }])],
  [63, 'an archive inside', zipFile([good, { name: 'b.csv', content: whole }])],
  [63, 'a directory cut short', whole.subarray(0, whole.length - 30)],
  [63, 'no directory', whole.subarray(0, 200)],
  [
    63,
    'a directory that says it is elsewhere',
    Buffer.concat([whole.subarray(0, -6), Buffer.alloc(6, 0xff)]),
  ],
];

test.each(refused)('%i: %s refuses the archive and leaves nothing behind', async (_number, _what, bytes) => {
  const { files, unreadable, previews } = await commit(bytes);
  expect([files, previews]).toEqual([[], ['unreadable']]);
  expect(unreadable).toMatchObject([{ code: expect.stringMatching(/^FILE_/) }]);
  expect((await t.call('report.run', { by: [], filters: {} })).totals.records).toBe(0);
  expect(readdirSync(t.dir).sort()).toEqual(['data', 'export.zip', 'home']);
});

test('63: an archive with the fields of large ones (zip64) is read', async () => {
  const { files, unreadable } = await commit(zipFile([{ ...good, isZip64: true }]));
  expect(unreadable).toEqual([]);
  expect(files).toMatchObject([{ fileName: 'a.csv', counts: { accepted: 4, refused: 0 } }]);
});
