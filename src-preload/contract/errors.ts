import { z } from 'zod';

/**
 * Every error a call can answer with. Expected trouble has its own code and a message that says what happened,
 * what was kept and what to do; INTERNAL is a defect and is logged once, redacted.
 */
const errorCodes = [
  'BAD_INPUT',
  'NOT_FOUND',
  'FORBIDDEN',
  'CANCELLED',
  'BUSY',
  'FILE_UNREADABLE',
  'FILE_TOO_LARGE',
  'FILE_CHANGED',
  'FORMAT_UNKNOWN',
  'FORMAT_AMBIGUOUS',
  'EXPORT_REFUSED',
  'STORE_LOCKED',
  'STORE_NEWER',
  'STORE_DAMAGED',
  'STORE_FULL',
  'STORE_READ_ONLY',
  'BACKUP_BAD',
  'MONEY_OVERFLOW',
  'UNSUPPORTED',
  // What a vendor answered with.
  'INVALID_KEY',
  'INSUFFICIENT_SCOPE',
  'NOT_ENABLED',
  'OUT_OF_CREDIT',
  'RATE_LIMITED',
  'OVERLOADED',
  'NETWORK',
  'BAD_RESPONSE',
  'NO_KEY',
  'CONTEXT_TOO_LONG',
  'VAULT_LOCKED',
  'VAULT_DAMAGED',
  'INTERNAL',
] as const;

export const errorCode = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCode>;

export type ErrorData = Readonly<Record<string, unknown>>;
