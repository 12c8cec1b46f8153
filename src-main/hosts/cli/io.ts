import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { AppError } from '../../platform/error.ts';

/** Where a command reads from and writes to. */
export interface Io {
  readonly stdout: Writable;
  /** Writes a line for the person, beside the result: hints, errors, progress. */
  tell(line: string): void;
  /** Rewrites the one line of progress; null wipes it. Nothing where nobody watches. */
  progress(line: string | null): void;
  /** Asks the person for a secret, which is not shown while it is typed; null where no person can answer. */
  askHidden(question: string): Promise<string | null>;
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
    askHidden: (question) => (process.stdin.isTTY && stderr.isTTY ? askOnTerminal(question) : noAnswer()),
    env: process.env,
    cwd: process.cwd(),
    onInterrupt: (callback) => {
      process.on('SIGINT', callback).on('SIGTERM', callback);
      return () => process.off('SIGINT', callback).off('SIGTERM', callback);
    },
  };
}

const noAnswer = async (): Promise<null> => null;

async function askOnTerminal(question: string): Promise<string> {
  // The line editor echoes what is typed: into nothing.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  process.stderr.write(question);
  try {
    const cancelled = new Promise<never>((_, reject) =>
      lines.once('SIGINT', () => reject(new AppError('CANCELLED', 'Cancelled. Nothing was changed.'))),
    );
    return await Promise.race([lines.question(''), cancelled]);
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
