import type { Provider } from '../platform/provider.ts';

/** Every vendor, gateway and local server LLMLab knows, in the order the gallery shows them. */
export const providers: readonly Provider[] = [];

export function providerById(id: string): Provider | undefined {
  return providers.find((provider) => provider.id === id);
}
