import type { Writable } from 'node:stream';

/** Where a command reads from and writes to. */
export interface Io {
  readonly stdout: Writable;
  /** Writes a line for the person, beside the result: hints, errors, progress. */
  tell(line: string): void;
  /** Rewrites the one line of progress; null wipes it. Nothing where nobody watches. */
  progress(line: string | null): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Calls back on Ctrl-C and on being told to end, until the returned function is called. */
  onInterrupt(callback: () => void): () => void;
}

export function processIo(): Io {
  const { stdout, stderr } = process;
  // A reader that has seen enough (`| head`) ends the pipe; that is no error.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    stdout,
    tell: (line) => stderr.write(`${line}\n`),
    progress: (line) => {
      if (stderr.isTTY) stderr.write(`\r\u001b[K${(line ?? '').slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    env: process.env,
    cwd: process.cwd(),
    onInterrupt: (callback) => {
      process.on('SIGINT', callback).on('SIGTERM', callback);
      return () => process.off('SIGINT', callback).off('SIGTERM', callback);
    },
  };
}
