import type { Following } from '../../src-preload/contract/values.ts';
import type { HandlerContext } from './context.ts';

/** How a tool's logs are followed; where the host follows none, what the last read left behind. */
export function followingOf(
  context: HandlerContext,
  tool: string,
  lastRead: { readonly at: number | null; readonly error: string | null },
): Following {
  const now = context.following(tool) ?? { mode: 'off', why: null, asOf: null, error: null };
  return { ...now, asOf: now.asOf ?? lastRead.at, error: now.error ?? lastRead.error };
}
