import { makerOf } from './model-maker.ts';
import { toolProvider } from './tool-provider.ts';

/** The provider of a call whose record tells none: it has no price until the user says one. */
export const unknownProvider = 'unknown';

/**
 * Who serves a call, from the name a tool gives the vendor; where it gives none from the model, whose name can begin
 * with the vendor (`openrouter/…`) or be that of a family only its maker sells. `unknown` where neither tells.
 */
export function modelVendor(vendor: string | undefined, model: string | null | undefined): string {
  const [first = '', ...rest] = (model ?? '').split('/');
  const prefix = rest.length > 0 ? toolProvider(first) : '';
  return toolProvider(vendor ?? '') || prefix || makerOf(model ?? undefined) || unknownProvider;
}
