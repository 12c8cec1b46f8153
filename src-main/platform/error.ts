import type { ErrorCode, ErrorData } from '../../src-preload/contract/errors.ts';

export interface ErrorDetails {
  readonly data?: ErrorData;
  readonly cause?: unknown;
}

/** Expected trouble with a code, and a message for the user: what happened, what was kept, what to do. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.data = details.data;
  }
}

export function assertNever(value: never): never {
  throw new AppError('INTERNAL', `unexpected value ${JSON.stringify(value)}`);
}
