import { AppError } from '../../platform/error.ts';
import type { Capability, Check, ProviderContext } from '../../platform/provider.ts';

/** What a refusal says about a credential; the rest (too fast, trouble there, no network) says nothing about it. */
const verdicts = new Set([
  'INVALID_KEY',
  'INSUFFICIENT_SCOPE',
  'NOT_ENABLED',
  'OUT_OF_CREDIT',
  'NO_KEY',
  'BAD_INPUT',
]);

/**
 * Asks the vendor and puts what came of it in words: one check per capability. What is no verdict on the credential
 * is thrown on.
 */
export async function checkOf(
  capabilities: readonly Capability[],
  ask: () => Promise<string>,
): Promise<readonly Check[]> {
  try {
    const message = await ask();
    return capabilities.map((capability) => ({ capability, state: 'ok', message }));
  } catch (error) {
    if (!(error instanceof AppError) || !verdicts.has(error.code)) throw error;
    const { message } = error;
    return capabilities.map((capability) => ({ capability, state: 'failed', message }));
  }
}

/** The same of a secret; no checks where the connection has none of that name. */
export async function checkSecret(
  context: Pick<ProviderContext, 'secret'>,
  { secret, serves }: { readonly secret: string; readonly serves: readonly Capability[] },
  ask: () => Promise<string>,
): Promise<readonly Check[]> {
  return (await hasSecret(context, secret)) ? checkOf(serves, ask) : [];
}

/** What could not be found out without paying for a call. */
export function unknownCheck(capability: Capability, message: string): Check {
  return { capability, state: 'unknown', message };
}

/** Whether the connection has a secret of that name. */
export async function hasSecret(context: Pick<ProviderContext, 'secret'>, name: string): Promise<boolean> {
  return ((await context.secret(name)) ?? '').trim() !== '';
}
