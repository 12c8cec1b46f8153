import { type Command, Option } from 'commander';
import type { Io } from './io.ts';
import type { Session } from './session.ts';

/** What a command gets besides its own arguments. */
export interface Run {
  readonly io: Io;
  readonly json: boolean;
  readonly dataDir: string | undefined;
  /** Prints the result: the value with `--json`, else the text. */
  print(value: unknown, text: () => string): void;
  /** Says something beside the result; silent with `--json`, where stderr is for trouble alone. */
  hint(line: string): void;
  withCore<T>(use: (session: Session) => Promise<T>): Promise<T>;
  /** For what only reads: also beside a window that has the data folder. */
  withReader<T>(use: (session: Session) => Promise<T>): Promise<T>;
  /** The same with the heavy work in a thread: for what takes long enough to be cancelled. */
  withWorker<T>(use: (session: Session) => Promise<T>): Promise<T>;
}

/** The exit code; nothing means done. */
export type Outcome = Promise<number | undefined>;

export interface GlobalOptions {
  readonly json?: boolean;
  readonly dataDir?: string;
}

export function addGlobalOptions(program: Command): Command {
  return program
    .addOption(new Option('--data-dir <folder>', 'where the ledger is kept (also LLMLAB_DATA_DIR)'))
    .addOption(new Option('--json', 'print the result as JSON; money is in integers of nano-USD'));
}

export function createRun(io: Io, { json = false, dataDir }: GlobalOptions): Run {
  return {
    io,
    json,
    dataDir,
    print: (value, text) => io.stdout.write(json ? `${JSON.stringify(value)}\n` : `${text().trimEnd()}\n`),
    hint: (line) => {
      if (!json) io.tell(line);
    },
    withCore: async (use) =>
      (await import('./session.ts')).withCore({ io, dataDir, heavyWork: 'inline' }, use),
    withReader: async (use) =>
      (await import('./session.ts')).withCore({ io, dataDir, heavyWork: 'inline', readsOnly: true }, use),
    withWorker: async (use) =>
      (await import('./session.ts')).withCore({ io, dataDir, heavyWork: 'thread' }, use),
  };
}

/** Makes a command's action of what it loads when it is the one that runs. */
export type Runs = <A extends readonly unknown[], O extends object>(
  load: () => Promise<(run: Run, options: O, ...args: A) => Outcome>,
) => (...parameters: unknown[]) => Promise<void>;
