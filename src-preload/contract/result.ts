import { z } from 'zod';
import { errorCode } from './errors.ts';

export const failure = z.object({
  ok: z.literal(false),
  error: z.object({
    code: errorCode,
    message: z.string(),
    data: z.record(z.string(), z.unknown()).optional(),
  }),
});
export type Failure = z.infer<typeof failure>;

/** The envelope of every reply: a call never rejects. */
export type Result<T> = { readonly ok: true; readonly data: T } | Failure;
