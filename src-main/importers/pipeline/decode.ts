import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { AppError } from '../../platform/error.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export interface TextSource {
  /** The next piece of text; null at the end. Throws FILE_UNREADABLE on bytes the encoding does not know. */
  next(): string | null;
  /** Bytes of the file read so far. */
  position(): number;
  close(): void;
}

const chunkBytes = 1024 ** 2;
const advice = 'Nothing was imported. Save it again as "CSV UTF-8" and import that file.';

/** Opens a file as text of a known encoding, after `skipBytes` of byte order mark. */
export function openText(path: string, encoding: Encoding, skipBytes: number): TextSource {
  const fd = openForReading(path);
  const decode = encoding === 'utf-8' ? utf8Decoder() : utf16Decoder(encoding);
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let position = skipBytes;
  let ended = false;
  return {
    next() {
      if (ended) return null;
      const read = readSync(fd, buffer, 0, chunkBytes, position);
      ended = read === 0;
      const text = decode(buffer.subarray(0, read), ended);
      if (text === null) throw badBytes(encoding, position);
      position += read;
      return ended && text === '' ? null : text;
    },
    position: () => position,
    close: () => closeSync(fd),
  };
}

/** Opens a file for reading; FILE_UNREADABLE says which file and why it cannot be. */
export function openForReading(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
    throw new AppError('FILE_UNREADABLE', `"${path}" cannot be opened (${code}). Nothing was imported.`, {
      cause,
    });
  }
}

function badBytes(encoding: Encoding, position: number): AppError {
  const name = encoding === 'utf-8' ? 'UTF-8' : 'UTF-16';
  const where = position === 0 ? 'near its start' : `after byte ${position}`;
  return new AppError('FILE_UNREADABLE', `This file is not valid ${name} text ${where}. ${advice}`);
}

type Decode = (bytes: Buffer, last: boolean) => string | null;

function utf8Decoder(): Decode {
  let carry: Buffer = Buffer.alloc(0);
  return (bytes, last) => {
    const all = carry.length === 0 ? bytes : Buffer.concat([carry, bytes]);
    const cut = last ? all.length : completeLength(all);
    const whole = all.subarray(0, cut);
    if (!isUtf8(whole)) return null;
    // A copy: the next chunk is read into the same memory.
    carry = Buffer.from(all.subarray(cut));
    return whole.toString('utf8');
  };
}

/** Length without the bytes of a character that goes on in the next chunk. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needs > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function utf16Decoder(encoding: Encoding): Decode {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (bytes, last) => {
    try {
      return decoder.decode(bytes, { stream: !last });
    } catch {
      return null;
    }
  };
}
