import { CommanderError } from 'commander';
import { AppError } from '../../platform/error.ts';

/** 0 done · 1 nothing usable · 2 wrong use · 130 stopped with Ctrl-C. */
export const exitCodes = { done: 0, nothing: 1, usage: 2, interrupted: 130 } as const;

/** The command line itself is wrong: exit 2. The message says what would be right. */
export class UsageError extends Error {}

export interface CliFailure {
  readonly exitCode: number;
  readonly code: string;
  readonly message: string;
}

export function failureOf(error: unknown): CliFailure {
  if (error instanceof UsageError)
    return { exitCode: exitCodes.usage, code: 'USAGE', message: error.message };
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, '');
    return { exitCode: error.exitCode === 0 ? exitCodes.done : exitCodes.usage, code: 'USAGE', message };
  }
  if (error instanceof AppError) {
    return { exitCode: exitCodeOf(error), code: error.code, message: error.message };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { exitCode: exitCodes.nothing, code: 'INTERNAL', message: `LLMLab failed: ${message}` };
}

function exitCodeOf({ code }: AppError): number {
  if (code === 'BAD_INPUT') return exitCodes.usage;
  return code === 'CANCELLED' ? exitCodes.interrupted : exitCodes.nothing;
}
