import type { z } from 'zod';

/** One row of the contract: the schemas of both ends and whether the call changes anything. */
export interface Route<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
  readonly effect: 'read' | 'write';
}

export function route<I extends z.ZodType, O extends z.ZodType>(row: Route<I, O>): Route<I, O> {
  return row;
}
