import { connect, type Socket } from 'node:net';

/** Where the session bus listens, as `net.connect` takes it; null where the address is none this can ask. */
export function busPath(address: string | undefined): string | null {
  for (const one of address?.split(';') ?? []) {
    const [, kind, path] = /^unix:(?:[^,]+,)*(path|abstract)=([^,]+)/.exec(one) ?? [];
    if (path !== undefined) return `${kind === 'abstract' ? '\0' : ''}${decodeURIComponent(path)}`;
  }
  return null;
}

/** `silent`: no Secret Service answers; `locked`: its usual collection would ask the user for a password first. */
export type ServiceState = 'silent' | 'locked' | 'answers';

/**
 * How the Secret Service is, over the session bus. The keyring library's first call is synchronous and waits for ever for
 * a bus that hangs, and any of its calls may ask the user something, so this is found out first (D-Bus specification
 * 0.43: EXTERNAL, Hello, Peer.Ping, Properties.Get).
 */
export function secretServiceState(path: string, timeoutMs: number): Promise<ServiceState> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    const end = (state: ServiceState): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(state);
    };
    const timer = setTimeout(() => end('silent'), timeoutMs);
    socket.on('error', () => end('silent'));
    socket.on('close', () => end('silent'));
    socket.on('connect', () => {
      const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
      socket.write(`\0AUTH EXTERNAL ${uid}\r\n`);
    });
    talk(socket, end);
  });
}

const pingSerial = 2;
const lockedSerial = 3;

function talk(socket: Socket, end: (state: ServiceState) => void): void {
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
      const message = unread.subarray(0, size);
      unread = unread.subarray(size);
      const serial = replySerial(message);
      // An error says that there is no such service; for the collection, that there is none.
      if (serial === pingSerial) isReturn(message) ? socket.write(askLocked) : end('silent');
      if (serial === lockedSerial) end(isReturn(message) && saysTrue(message) ? 'locked' : 'answers');
    }
  });
}

const padded = (length: number): number => Math.ceil(length / 8) * 8;

type Field = readonly [code: number, type: string, value: string];

/** A method call, little-endian; its arguments are texts. */
function methodCall(serial: number, fields: readonly Field[], args: readonly string[] = []): Buffer {
  const signature: readonly Field[] = args.length === 0 ? [] : [[8, 'g', 's'.repeat(args.length)]];
  const all = [...fields, ...signature];
  const array = Buffer.concat(
    // Each field begins at a multiple of 8; the last is not followed by one.
    all.map((field, i) => (i === all.length - 1 ? fieldBytes(field) : aligned(fieldBytes(field), 8))),
  );
  const body = Buffer.concat(
    args.map((arg, i) => (i === args.length - 1 ? text(arg) : aligned(text(arg), 4))),
  );
  const head = Buffer.alloc(16);
  head.set(['l'.charCodeAt(0), 1, 0, 1]);
  head.writeUInt32LE(body.length, 4);
  head.writeUInt32LE(serial, 8);
  head.writeUInt32LE(array.length, 12);
  return Buffer.concat([aligned(Buffer.concat([head, array]), 8), body]);
}

function fieldBytes([code, type, value]: Field): Buffer {
  const head = Buffer.from([code, 1, type.charCodeAt(0), 0]);
  // A signature's length is one byte.
  const bytes =
    type === 'g' ? Buffer.from(`${String.fromCharCode(value.length)}${value}\0`, 'latin1') : text(value);
  return Buffer.concat([head, bytes]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes, Buffer.from([0])]);
}

const aligned = (bytes: Buffer, to: number): Buffer =>
  Buffer.concat([bytes], Math.ceil(bytes.length / to) * to);

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

const askLocked = methodCall(
  lockedSerial,
  [
    [1, 'o', '/org/freedesktop/secrets/aliases/default'],
    [2, 's', 'org.freedesktop.DBus.Properties'],
    [3, 's', 'Get'],
    [6, 's', 'org.freedesktop.secrets'],
  ],
  ['org.freedesktop.Secret.Collection', 'Locked'],
);

/** Length of the message that begins here; null while it is not all here. */
function sizeOf(bytes: Buffer): number | null {
  if (bytes.length < 16) return null;
  const size = 16 + padded(number(bytes, 12)) + number(bytes, 4);
  return bytes.length < size ? null : size;
}

const isReturn = (message: Buffer): boolean => message[1] === 2;

/** The call a message answers. */
function replySerial(message: Buffer): number | null {
  const end = 16 + number(message, 12);
  for (let at = 16; at + 8 <= end; at += 8)
    if (message[at] === 5 && message.toString('latin1', at + 1, at + 4) === '\x01u\0')
      return number(message, at + 4);
  return null;
}

/** Whether the body is a variant with the boolean true. */
function saysTrue(message: Buffer): boolean {
  const body = message.subarray(16 + padded(number(message, 12)));
  return (
    body.toString('latin1', 0, 3) === '\x01b\0' &&
    body.length >= 8 &&
    body.subarray(4, 8).some((byte) => byte !== 0)
  );
}

const number = (bytes: Buffer, at: number): number =>
  bytes[0] === 'l'.charCodeAt(0) ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
