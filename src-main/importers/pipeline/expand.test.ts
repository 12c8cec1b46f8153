import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expandInput } from './expand.ts';

let dir: string;
let scratch: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'expand-'));
  scratch = join(dir, 'scratch');
});
afterEach(() => rmSync(dir, { recursive: true }));

function put(name: string, content: string | Uint8Array): string {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
}

const refused = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

async function expectRefused(path: string, code: string, message: RegExp) {
  await expect(expandInput(path, scratch)).rejects.toEqual(refused(code, message));
  expect(existsSync(scratch) ? readdirSync(scratch) : []).toEqual([]);
}

const zip = (files: Zippable) => Buffer.from(zipSync(files));

/** Overwrites a name in both headers of a zip by one of the same length. */
function rename(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
}

describe('expandInput', () => {
  it('hands a plain file on as it is', async () => {
    const path = put('a.csv', 'a,b\n');
    expect(await expandInput(path, scratch)).toEqual([
      {
        name: 'a.csv',
        path,
        bytes: 4,
        sha256: '5be08c9684a1d25efcee09318204824278b08bbfb4aef973ffefd0b9d7478313',
        temporary: false,
      },
    ]);
  });

  it('unpacks gzip by its magic, whatever the name, and joins its parts', async () => {
    const path = put('export.csv.gz', Buffer.concat([gzipSync('a,b\n'), gzipSync('1,2\n')]));
    const [member] = await expandInput(path, scratch);
    expect(member).toMatchObject({ name: 'export.csv', bytes: 8, temporary: true });
    expect(readFileSync(member?.path ?? '', 'utf8')).toBe('a,b\n1,2\n');
  });

  it('unpacks every file of a zip, stored or deflated, and passes over what Finder adds', async () => {
    const path = put(
      'x.zip',
      zip({
        'in/amount.csv': strToU8('a,b\n'.repeat(100)),
        'cost.csv': [strToU8('c,d\n'), { level: 0 }],
        '__MACOSX/._cost.csv': strToU8('x'),
        'empty/': strToU8(''),
      }),
    );
    const members = await expandInput(path, scratch);
    expect(members.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['in/amount.csv', 400],
      ['cost.csv', 4],
    ]);
  });

  it('refuses what is missing or a folder', async () => {
    await expectRefused(join(dir, 'none.csv'), 'FILE_UNREADABLE', /ENOENT/);
    await expectRefused(dir, 'FILE_UNREADABLE', /not a file/);
  });

  it('refuses a file over 2 GiB unread', async () => {
    const path = put('big.csv', 'a,b\n');
    truncateSync(path, 2 * 1024 ** 3 + 1);
    await expectRefused(path, 'FILE_TOO_LARGE', /2 GiB/);
  });

  it('follows a link the user gave, as the system does', async () => {
    symlinkSync(put('a.csv', 'a,b\n'), join(dir, 'link.csv'));
    expect(await expandInput(join(dir, 'link.csv'), scratch)).toMatchObject([{ name: 'link.csv', bytes: 4 }]);
  });

  it('refuses bombs early, in gzip and zip, and leaves nothing behind', async () => {
    const zeros = Buffer.alloc(64 * 1024 ** 2);
    await expectRefused(put('bomb.gz', gzipSync(zeros)), 'FILE_TOO_LARGE', /200 times/);
    await expectRefused(put('bomb.zip', zip({ 'a.csv': zeros })), 'FILE_TOO_LARGE', /200 times/);
  });

  it('refuses archives inside archives', async () => {
    await expectRefused(put('a.gz', gzipSync(gzipSync('a,b\n'))), 'FILE_UNREADABLE', /inside an archive/);
    await expectRefused(
      put('a.zip', zip({ 'b.zip': zip({ 'c.csv': strToU8('x') }) })),
      'FILE_UNREADABLE',
      /inside an archive/,
    );
  });

  it.each(['../up.csv', '/abs12.csv', 'C:\\win.csv', 'a\\..\\b.csv'])('refuses the name %s', async (name) => {
    const harmless = 'n'.repeat(name.length);
    const bytes = rename(zip({ [harmless]: strToU8('a,b') }), harmless, name);
    await expectRefused(put('names.zip', bytes), 'FILE_UNREADABLE', /unsafe name|damaged/);
  });

  it('refuses links, names that differ by case only, and overlapping entries', async () => {
    const link: Zippable = { 'link.csv': [strToU8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }] };
    await expectRefused(put('link.zip', zip(link)), 'FILE_UNREADABLE', /link/);
    await expectRefused(
      put('twice.zip', zip({ 'a.csv': strToU8('x'), 'A.csv': strToU8('y') })),
      'FILE_UNREADABLE',
      /twice/,
    );
    await expectRefused(put('overlap.zip', overlapping()), 'FILE_UNREADABLE', /overlap/);
  });

  it('refuses encrypted and cut archives, and sizes that lie', async () => {
    const bytes = zip({ 'a.csv': strToU8('a,b\n1,2\n') });
    const central = bytes.indexOf('PK\u0001\u0002', 0, 'latin1');
    const encrypted = Buffer.from(bytes);
    encrypted.writeUInt16LE(1, central + 8);
    await expectRefused(put('locked.zip', encrypted), 'FILE_UNREADABLE', /password/);
    const lying = Buffer.from(bytes);
    lying.writeUInt32LE(5, central + 24);
    await expectRefused(put('lying.zip', lying), 'FILE_UNREADABLE', /sizes/);
    await expectRefused(put('cut.zip', bytes.subarray(0, bytes.length - 30)), 'FILE_UNREADABLE', /damaged/);
    await expectRefused(put('cut.gz', gzipSync('a,b\n1,2\n').subarray(0, 18)), 'FILE_UNREADABLE', /damaged/);
  });

  it('says what to do with a workbook', async () => {
    await expectRefused(
      put('book.xlsx', zip({ '[Content_Types].xml': strToU8('<x/>') })),
      'FILE_UNREADABLE',
      /CSV UTF-8/,
    );
  });

  /** Two directory entries that point at the same bytes. */
  function overlapping(): Buffer {
    const bytes = zip({ 'a.csv': strToU8('x'), 'b.csv': strToU8('y') });
    const second = bytes.lastIndexOf('PK\u0001\u0002', undefined, 'latin1');
    bytes.writeUInt32LE(0, second + 42);
    return bytes;
  }
});
