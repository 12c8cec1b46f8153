import type { Provider, ProviderContext } from '../../platform/provider.ts';
import type { Amount } from '../../platform/record.ts';
import type { SdkCalls } from './calls/sdk-calls.ts';

type Calls = Required<Pick<Provider, 'complete' | 'stream' | 'ownCost'>>;
type Asked = Pick<ProviderContext, 'fields'>;

const nothing: Amount = { value: '0', currency: 'USD' };

/**
 * Calls whose replies do not tell whether the key is a free one: where the user says it is, they cost nothing, which is
 * known and not left to prices.
 */
export function callsFreeWhere(
  isFree: (context: Asked) => boolean,
  open: (costs: Pick<SdkCalls, 'costOf'>) => Omit<Calls, 'ownCost'>,
): Calls {
  const billed = open({});
  const free = open({ costOf: () => ({ cost: nothing }) });
  return {
    complete: (request, context) => (isFree(context) ? free : billed).complete(request, context),
    stream: (request, context) => (isFree(context) ? free : billed).stream(request, context),
    ownCost: (_tokens, context) => (isFree(context) ? nothing : null),
  };
}
