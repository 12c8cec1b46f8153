import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive, and what the archive says of it where that is not the truth. */
export interface ZipEntry {
  readonly name: string;
  readonly content: string | Buffer;
  /** Already deflated content: `content` then only says what it unpacks to. */
  readonly packed?: Buffer;
  readonly statedBytes?: number;
  readonly isEncrypted?: boolean;
  readonly isLink?: boolean;
  readonly isZip64?: boolean;
  /** Shares the bytes of the entry before it. */
  readonly overlaps?: boolean;
}

/** A zip archive written by hand, because no library writes dishonest ones. */
export function zipFile(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  let last = 0;
  for (const entry of entries) {
    const { head, packed } = partsOf(entry);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), head, packed]);
    if (!entry.overlaps) {
      last = at;
      locals.push(local);
      at += local.length;
    }
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((entry.isLink ? 0o120777 : 0o100644) << 16) >>> 0, 6);
    tail.writeUInt32LE(last, 10);
    // The central header is the local one with its maker in front and these fields before the name.
    central.push(
      Buffer.concat([
        Buffer.from('PK\u0001\u0002\u002d\u0003', 'latin1'),
        head.subarray(0, 26),
        tail,
        head.subarray(26),
      ]),
    );
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** Version, flags, method, time, checksum, sizes, lengths, name and extra field; and the packed bytes. */
function partsOf(entry: ZipEntry): { head: Buffer; packed: Buffer } {
  const content = Buffer.from(entry.content);
  const packed = entry.packed ?? deflateRawSync(content);
  const name = Buffer.from(entry.name);
  const stated = entry.statedBytes ?? content.length;
  const extra = entry.isZip64 ? zip64(stated, packed.length) : Buffer.alloc(0);
  const head = Buffer.alloc(26);
  head.writeUInt16LE(entry.isZip64 ? 45 : 20, 0);
  head.writeUInt16LE(entry.isEncrypted ? 1 : 0, 2);
  head.writeUInt16LE(8, 4);
  head.writeUInt32LE(crc32(content), 10);
  head.writeUInt32LE(entry.isZip64 ? 0xffffffff : packed.length, 14);
  head.writeUInt32LE(entry.isZip64 ? 0xffffffff : stated, 18);
  head.writeUInt16LE(name.length, 22);
  head.writeUInt16LE(extra.length, 24);
  return { head: Buffer.concat([head, name, extra]), packed };
}

function zip64(bytes: number, packedBytes: number): Buffer {
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(bytes), 4);
  extra.writeBigUInt64LE(BigInt(packedBytes), 12);
  return extra;
}
