import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type connect, createServer } from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export interface Handover {
  readonly argv: readonly string[];
  readonly cwd: string;
}

/**
 * Electron's lock per profile folder: the first process listens, a later one hands over its arguments and learns that
 * it is not the first. Asked synchronously, as Electron is; so a thread does the asking.
 */
export function lockInstance(userData: string, onSecond: (handover: Handover) => void): boolean {
  const path = socketOf(userData);
  if (handOver(path)) return false;
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    socket.once('end', () => onSecond(JSON.parse(text) as Handover));
  });
  server.listen(path).unref();
  return true;
}

/** Where processes of one profile meet: a file in it, or on Windows a pipe named by it. */
function socketOf(userData: string): string {
  if (process.platform !== 'win32') return join(userData, 'instance.sock');
  return `\\\\.\\pipe\\llmlab-${createHash('sha256').update(userData).digest('hex')}`;
}

function handOver(path: string): boolean {
  const done = new Int32Array(new SharedArrayBuffer(4));
  const handover: Handover = { argv: process.argv, cwd: process.cwd() };
  const thread = new Worker(`(${ask})(require)`, {
    eval: true,
    workerData: { path, done, text: JSON.stringify(handover) },
  });
  thread.unref();
  Atomics.wait(done, 0, 0);
  return done[0] === 1;
}

/** Runs in the thread: 1 when somebody took the arguments, 2 when nobody listens. */
function ask(load: (name: string) => unknown): void {
  const { workerData } = load('node:worker_threads') as typeof import('node:worker_threads');
  const net = load('node:net') as { connect: typeof connect };
  const { path, done, text } = workerData as { path: string; done: Int32Array; text: string };
  const answer = (value: number) => {
    Atomics.store(done, 0, value);
    Atomics.notify(done, 0);
  };
  const socket = net.connect(path, () => socket.end(text));
  socket.once('error', () => answer(2));
  socket.once('close', (hadError: boolean) => hadError || answer(1));
}
