import type { ProviderInfo } from '../../../src-preload/contract/connections.ts';
import { offerWords } from './capability-words.ts';

export interface GalleryGroup {
  readonly kind: ProviderInfo['kind'];
  readonly title: string;
  readonly providers: readonly ProviderInfo[];
}

const groups: readonly (readonly [ProviderInfo['kind'], string])[] = [
  ['vendor', 'Vendors'],
  ['cloud', 'Clouds'],
  ['gateway', 'Gateways'],
  ['local', 'On your machine or network'],
];

/** The vendors that match what was typed, by kind, in the order of the list; empty groups are left out. */
export function galleryGroups(providers: readonly ProviderInfo[], typed: string): readonly GalleryGroup[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .map(([kind, title]) => ({
      ...{ kind, title },
      providers: providers.filter((provider) => provider.kind === kind && matches(provider, words)),
    }))
    .filter((group) => group.providers.length > 0);
}

/** Every word must be in its names or in what it offers: `balance gateway` finds gateways with a balance. */
function matches(provider: ProviderInfo, words: readonly string[]): boolean {
  const text = [provider.id, provider.label, provider.vendor, provider.kind, offerWords(provider)]
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
