import { connect, type Socket } from 'node:net';

/** Where the session bus listens, as `net.connect` takes it; null where the address is none this can ask. */
export function busPath(address: string | undefined): string | null {
  for (const one of address?.split(';') ?? []) {
    const [, kind, path] = /^unix:(?:[^,]+,)*(path|abstract)=([^,]+)/.exec(one) ?? [];
    if (path !== undefined) return `${kind === 'abstract' ? '\0' : ''}${decodeURIComponent(path)}`;
  }
  return null;
}

/**
 * Whether the Secret Service answers a ping over the session bus. The keyring library's first call is synchronous and
 * waits for ever for a bus that hangs, so it is asked this first (D-Bus specification 0.43: EXTERNAL, Hello, Peer.Ping).
 */
export function secretServiceAnswers(path: string, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    const end = (answers: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answers);
    };
    const timer = setTimeout(() => end(false), timeoutMs);
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
    socket.on('connect', () => {
      const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
      socket.write(`\0AUTH EXTERNAL ${uid}\r\n`);
    });
    talk(socket, () => end(true));
  });
}

const pingSerial = 2;

function talk(socket: Socket, answered: () => void): void {
  let isIn = false;
  let unread = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk]);
    if (!isIn) {
      const line = unread.indexOf('\r\n');
      if (line < 0) return;
      if (unread.subarray(0, 3).toString('latin1') !== 'OK ') return void socket.destroy();
      isIn = true;
      unread = unread.subarray(line + 2);
      socket.write(Buffer.concat([Buffer.from('BEGIN\r\n'), hello, ping]));
    }
    for (let size = sizeOf(unread); size !== null; size = sizeOf(unread)) {
      if (isReplyTo(unread.subarray(0, size), pingSerial)) answered();
      unread = unread.subarray(size);
    }
  });
}

const padded = (length: number): number => Math.ceil(length / 8) * 8;

/** A method call without arguments, little-endian. */
function methodCall(serial: number, fields: readonly (readonly [number, string, string])[]): Buffer {
  const parts = fields.map(([code, type, value], i) => {
    const text = Buffer.from(value);
    const part = Buffer.alloc(8 + text.length + 1);
    part.set([code, 1, type.charCodeAt(0), 0]);
    part.writeUInt32LE(text.length, 4);
    part.set(text, 8);
    // Each field begins at a multiple of 8; the last is not followed by one.
    return i === fields.length - 1 ? part : Buffer.concat([part], padded(part.length));
  });
  const array = Buffer.concat(parts);
  const head = Buffer.alloc(16);
  head.set(['l'.charCodeAt(0), 1, 0, 1]);
  head.writeUInt32LE(serial, 8);
  head.writeUInt32LE(array.length, 12);
  return Buffer.concat([head, array], 16 + padded(array.length));
}

const hello = methodCall(1, [
  [1, 'o', '/org/freedesktop/DBus'],
  [2, 's', 'org.freedesktop.DBus'],
  [3, 's', 'Hello'],
  [6, 's', 'org.freedesktop.DBus'],
]);

const ping = methodCall(pingSerial, [
  [1, 'o', '/org/freedesktop/secrets'],
  [2, 's', 'org.freedesktop.DBus.Peer'],
  [3, 's', 'Ping'],
  [6, 's', 'org.freedesktop.secrets'],
]);

/** Length of the message that begins here; null while it is not all here. */
function sizeOf(bytes: Buffer): number | null {
  if (bytes.length < 16) return null;
  const size = 16 + padded(number(bytes, 12)) + number(bytes, 4);
  return bytes.length < size ? null : size;
}

/** A reply that is no error: an error says that there is no such service. */
function isReplyTo(message: Buffer, serial: number): boolean {
  if (message[1] !== 2) return false;
  const end = 16 + number(message, 12);
  for (let at = 16; at + 8 <= end; at += 8)
    if (message[at] === 5 && message.toString('latin1', at + 1, at + 4) === '\x01u\0')
      return number(message, at + 4) === serial;
  return false;
}

const number = (bytes: Buffer, at: number): number =>
  bytes[0] === 'l'.charCodeAt(0) ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
