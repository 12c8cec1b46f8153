import { exitCodes, failureOf } from './failure.ts';
import type { Io } from './io.ts';
import { buildProgram } from './program.ts';

/**
 * Runs one command line and answers its exit code: 0 done, 1 nothing usable, 2 wrong use, 130 interrupted.
 * stdout holds the result alone (with `--json` always one JSON document: on failure `{"error":{code,message}}`);
 * everything said beside it goes to stderr.
 */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = buildProgram(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    const failure = failureOf(error);
    if (failure.exitCode === exitCodes.done) return failure.exitCode;
    io.progress(null);
    io.tell(`llmlab: ${failure.message}`);
    const { code, message } = failure;
    if (argv.includes('--json')) io.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
    return failure.exitCode;
  }
}
