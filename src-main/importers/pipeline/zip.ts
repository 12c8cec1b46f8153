import type { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { AppError } from '../../platform/error.ts';
import { limits } from './limits.ts';
import type { Member, Unpack } from './member.ts';

const stored = 0;
const deflated = 8;

/**
 * Unpacks every file of a zip archive. The whole directory is judged before the first byte is written: one unsafe
 * entry refuses the archive.
 */
export async function readArchive(path: string, unpack: Unpack): Promise<readonly Member[]> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true });
  try {
    const entries = await safeEntries(zip);
    const members: Member[] = [];
    for (const entry of entries) members.push(await unpackEntry(zip, entry, unpack));
    if (members.length === 0) throw refused('holds no files');
    return members;
  } finally {
    zip.close();
  }
}

async function unpackEntry(zip: ZipFile, entry: Entry, unpack: Unpack): Promise<Member> {
  const { source, consumed } = await openEntry(zip, entry);
  const member = await unpack(source, consumed, entry.fileName);
  if (member.bytes !== entry.uncompressedSize) throw refused('states sizes that are not those of its files');
  return member;
}

/** Inflates by hand, because only the inflater knows how much went in for what came out so far. */
async function openEntry(zip: ZipFile, entry: Entry): Promise<{ source: Readable; consumed: () => number }> {
  if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated)
    throw refused('is packed in a way that is not read');
  const raw = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  if (entry.compressionMethod === stored) return { source: raw, consumed: () => Infinity };
  const inflate = createInflateRaw();
  raw.on('error', (error) => inflate.destroy(error));
  return { source: raw.pipe(inflate), consumed: () => inflate.bytesWritten };
}

async function safeEntries(zip: ZipFile): Promise<readonly Entry[]> {
  if (zip.entryCount > limits.archiveEntries)
    throw new AppError('FILE_TOO_LARGE', 'This archive holds more than 10,000 files. Nothing was imported.');
  const all: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    all.push(entry);
    if (all.length > limits.archiveEntries) throw refused('holds more files than it says');
  }
  refuseOverlaps(all, zip.fileSize);
  const files = all.filter((entry) => !entry.fileName.endsWith('/') && !isFinderFile(entry.fileName));
  if (files.some((entry) => entry.fileName === '[Content_Types].xml'))
    throw new AppError(
      'FILE_UNREADABLE',
      'This is an office document, not a table of text. Save it as "CSV UTF-8" and import that; nothing was imported.',
    );
  const names = new Set<string>();
  for (const entry of files) {
    refuseUnsafe(entry);
    const name = entry.fileName.toLowerCase();
    if (names.has(name)) throw refused(`holds "${entry.fileName}" twice`);
    names.add(name);
  }
  return files;
}

function isFinderFile(name: string): boolean {
  return name.startsWith('__MACOSX/') || name.endsWith('.DS_Store');
}

function refuseUnsafe(entry: Entry): void {
  const name = entry.fileName;
  const mode = entry.externalFileAttributes >>> 16;
  if (entry.isEncrypted()) throw refused('is protected by a password');
  if ((mode & 0o170000) === 0o120000) throw refused(`holds a link ("${name}")`);
  if (/^[a-z]:|^[/\\]|(^|[/\\])\.\.([/\\]|$)|\0/i.test(name))
    throw refused(`holds a file with an unsafe name ("${name}")`);
}

/** Entries that share bytes let a small archive unpack to any size. */
function refuseOverlaps(entries: readonly Entry[], fileSize: number): void {
  const sorted = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  for (const [index, entry] of sorted.entries()) {
    const end = entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameLength + entry.compressedSize;
    if (end > (sorted[index + 1]?.relativeOffsetOfLocalHeader ?? fileSize))
      throw refused('holds files that overlap');
  }
}

function refused(why: string): AppError {
  return new AppError('FILE_UNREADABLE', `This archive ${why}. Nothing was imported.`);
}
