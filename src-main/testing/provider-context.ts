import type { ProviderContext } from '../platform/provider.ts';
import type { FakeVendor } from './vendors/fake-vendor.ts';

export interface ContextOptions {
  readonly baseUrl?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** UTC ms. */
  readonly now?: number;
  readonly signal?: AbortSignal;
  /** Where it may go besides its base; anywhere when left out. */
  readonly hosts?: readonly string[];
}

/** Friday 20 November 2026, 12:00 UTC: the day of the figures in the vendors' notes. */
export const testNow = Date.UTC(2026, 10, 20, 12);

/** What a provider gets, with every host being the fake vendor. */
export function providerContext(vendor: FakeVendor, options: ContextOptions = {}): ProviderContext {
  const quiet = () => {};
  return {
    fetch: vendor.network.open({ origins: originsOf(options), isLocal: true }),
    fields: options.fields ?? {},
    secret: async (name) => options.secrets?.[name] ?? null,
    baseUrl: options.baseUrl ?? 'https://api.example.com/v1',
    clock: { now: () => options.now ?? testNow },
    log: { info: quiet, warn: quiet, error: quiet },
    signal: options.signal ?? new AbortController().signal,
  };
}

function originsOf({ hosts, baseUrl }: ContextOptions): readonly string[] {
  if (hosts === undefined) return ['*'];
  return [...hosts, ...(baseUrl === undefined ? [] : [new URL(baseUrl).origin])];
}
