import { noTokens, type Tokens } from '../../platform/record.ts';

/** One call's counters as a tool states them; what it does not state is left out. */
export interface Counted {
  readonly input: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  /** Reasoning is part of it. */
  readonly output: number;
  readonly reasoning?: number;
}

/** Buckets of a tool that counts what was read from and written to the cache beside the input. */
export function bucketsBeside(counted: Counted): Tokens {
  const { input, cacheRead = 0, cacheWrite = 0, output, reasoning = 0 } = counted;
  return {
    ...noTokens,
    input,
    cacheRead,
    cacheWriteUnknown: cacheWrite,
    output,
    reasoning: Math.min(reasoning, output),
  };
}

/** Buckets of a tool whose input is the whole prompt, with what was read from and written to the cache in it. */
export function bucketsInside(counted: Counted): Tokens {
  const cacheRead = Math.min(counted.cacheRead ?? 0, counted.input);
  const cacheWrite = Math.min(counted.cacheWrite ?? 0, counted.input - cacheRead);
  return bucketsBeside({ ...counted, input: counted.input - cacheRead - cacheWrite, cacheRead, cacheWrite });
}

export function isEmpty({ input, cacheRead, cacheWriteUnknown, output }: Tokens): boolean {
  return input + cacheRead + cacheWriteUnknown + output === 0;
}
