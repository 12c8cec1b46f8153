import type { Provider, ProviderContext } from '../../platform/provider.ts';
import type { SdkCalls } from './calls/sdk-calls.ts';

type Calls = Required<Pick<Provider, 'complete' | 'stream'>>;

/**
 * Calls whose replies do not tell whether the key is a free one: where the user says it is, they cost nothing, which is
 * known and not left to prices.
 */
export function callsFreeWhere(
  isFree: (context: ProviderContext) => boolean,
  open: (costs: Pick<SdkCalls, 'costOf'>) => Calls,
): Calls {
  const billed = open({});
  const free = open({ costOf: () => ({ cost: { value: '0', currency: 'USD' } }) });
  return {
    complete: (request, context) => (isFree(context) ? free : billed).complete(request, context),
    stream: (request, context) => (isFree(context) ? free : billed).stream(request, context),
  };
}
