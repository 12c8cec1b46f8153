import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  mkdirSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../platform/error.ts';
import { openForReading } from './decode.ts';
import { limits } from './limits.ts';
import type { Member, Unpack } from './member.ts';
import { readArchive } from './zip.ts';

/**
 * The plain files an input stands for: itself, or what a gzip or zip file holds, unpacked into `scratchDir` under
 * names of our own. Caps count real bytes, not headers. Throws FILE_UNREADABLE (missing, damaged, encrypted, nested
 * or unsafe archives) or FILE_TOO_LARGE; nothing unpacked stays behind then.
 */
export async function expandInput(path: string, scratchDir: string): Promise<readonly Member[]> {
  const { bytes, magic } = inspect(path);
  if (isZip(magic)) return intoScratch(scratchDir, (unpack) => readArchive(path, unpack));
  if (isGzip(magic)) return intoScratch(scratchDir, async (unpack) => [await gunzip(path, unpack)]);
  return [{ name: basename(path), path, bytes, sha256: hashFile(path), temporary: false }];
}

function inspect(path: string): { bytes: number; magic: Buffer } {
  const fd = openForReading(path);
  try {
    const stat = statSync(path);
    if (!stat.isFile())
      throw new AppError('FILE_UNREADABLE', `"${path}" is not a file. Nothing was imported.`);
    if (stat.size > limits.fileBytes) throw tooLarge(basename(path));
    const magic = Buffer.alloc(4);
    readSync(fd, magic, 0, 4, 0);
    return { bytes: stat.size, magic };
  } finally {
    closeSync(fd);
  }
}

function isGzip(magic: Buffer): boolean {
  return magic[0] === 0x1f && magic[1] === 0x8b;
}

function isZip(magic: Buffer): boolean {
  const kind = magic.toString('latin1');
  return kind === 'PK\u0003\u0004' || kind === 'PK\u0005\u0006';
}

function tooLarge(name: string): AppError {
  return new AppError(
    'FILE_TOO_LARGE',
    `"${name}" is larger than 2 GiB. Split it and import the parts; nothing was imported.`,
  );
}

/** Block by block: a stream takes half as long again. */
function hashFile(path: string): string {
  const hash = createHash('sha256');
  const block = Buffer.allocUnsafe(1024 ** 2);
  const fd = openForReading(path);
  try {
    for (let read = readSync(fd, block); read > 0; read = readSync(fd, block))
      hash.update(block.subarray(0, read));
  } finally {
    closeSync(fd);
  }
  return hash.digest('hex');
}

async function gunzip(path: string, unpack: Unpack): Promise<Member> {
  const unzip = createGunzip();
  const file = createReadStream(path);
  file.on('error', (error) => unzip.destroy(error));
  return unpack(file.pipe(unzip), () => unzip.bytesWritten, basename(path).replace(/\.gz(ip)?$/i, ''));
}

/** Runs an unpacking; when it fails, what it had written is deleted and the failure is told in the user's words. */
async function intoScratch(
  scratchDir: string,
  work: (unpack: Unpack) => Promise<readonly Member[]>,
): Promise<readonly Member[]> {
  mkdirSync(scratchDir, { recursive: true });
  const written: string[] = [];
  const total = { bytes: 0 };
  try {
    return await work((source, consumed, name) => {
      const path = join(scratchDir, `${randomUUID()}.part`);
      written.push(path);
      return unpackOne(source, { path, name, consumed, total });
    });
  } catch (error) {
    for (const path of written) rmSync(path, { force: true });
    if (error instanceof AppError) throw error;
    throw new AppError('FILE_UNREADABLE', 'This archive is damaged or cut short. Nothing was imported.', {
      cause: error,
    });
  }
}

interface UnpackTarget {
  readonly path: string;
  readonly name: string;
  readonly consumed: () => number;
  readonly total: { bytes: number };
}

/** A ratio says nothing about the first few MiB: small files of equal rows shrink well. */
const ratioFromBytes = 8 * 1024 ** 2;

async function unpackOne(source: NodeJS.ReadableStream, target: UnpackTarget): Promise<Member> {
  const hash = createHash('sha256');
  let bytes = 0;
  let magic = Buffer.alloc(0);
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      target.total.bytes += chunk.length;
      if (magic.length < 4) magic = Buffer.concat([magic, chunk.subarray(0, 4 - magic.length)]);
      hash.update(chunk);
      done(overCap(bytes, target), chunk);
    },
  });
  await pipeline(source, count, createWriteStream(target.path, { flags: 'wx' }));
  if (isGzip(magic) || isZip(magic))
    throw new AppError(
      'FILE_UNREADABLE',
      `"${target.name}" is an archive inside an archive. Unpack it first; nothing was imported.`,
    );
  return { name: target.name, path: target.path, bytes, sha256: hash.digest('hex'), temporary: true };
}

function overCap(bytes: number, target: UnpackTarget): AppError | null {
  if (bytes > limits.fileBytes) return tooLarge(target.name);
  if (target.total.bytes > limits.archiveBytes)
    return new AppError('FILE_TOO_LARGE', 'This archive unpacks to more than 4 GiB. Nothing was imported.');
  if (bytes > ratioFromBytes && bytes > target.consumed() * limits.archiveRatio)
    return new AppError(
      'FILE_TOO_LARGE',
      `"${target.name}" unpacks to more than 200 times its size, as archives made to do harm do. Nothing was imported.`,
    );
  return null;
}
