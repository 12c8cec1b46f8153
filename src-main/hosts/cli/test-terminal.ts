import { Writable } from 'node:stream';
import type { Io } from './io.ts';
import { runCli } from './run.ts';

export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What the person types when asked for a secret, one after the other; nobody is there otherwise. */
  readonly answers?: readonly string[];
  /** Sees each line of progress, with a Ctrl-C at hand. */
  readonly watch?: (line: string, interrupt: () => void) => void;
}

export interface Said {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/** Runs a command line in this process as `main.ts` does, and answers what it wrote and ended with. */
export async function runIn({ cwd, env, watch, answers }: Terminal, args: readonly string[]): Promise<Said> {
  const chunks: Buffer[] = [];
  const told: string[] = [];
  const left = [...(answers ?? [])];
  const callbacks = new Set<() => void>();
  const interrupt = () => {
    for (const callback of callbacks) callback();
  };
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  const io: Io = {
    stdout,
    tell: (line) => told.push(line),
    askHidden: async (question) => {
      const answer = left.shift();
      if (answer !== undefined) told.push(question);
      return answer ?? null;
    },
    progress: (line) => line !== null && watch?.(line, interrupt),
    env,
    cwd,
    onInterrupt: (callback) => {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
  };
  const code = await runCli(args, io);
  return { out: Buffer.concat(chunks).toString('utf8'), err: told.join('\n'), code };
}
