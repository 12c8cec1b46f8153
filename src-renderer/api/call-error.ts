import type { ErrorCode, ErrorData } from '../../src-preload/contract/errors.ts';
import type { Failure } from '../../src-preload/contract/result.ts';

/** A failed call: `message` is a sentence for the user, `code` is for the program. */
export class CallError extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, message: string, data: ErrorData = {}) {
    super(message);
    this.name = 'CallError';
    this.code = code;
    this.data = data;
  }

  static from({ error }: Failure): CallError {
    return new CallError(error.code, error.message, error.data);
  }
}
