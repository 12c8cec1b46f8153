import { readFileSync } from 'node:fs';
import { conforms } from '../testing/provider-conformance.ts';
import type { Recorded } from '../testing/vendors/answers.ts';
import { providers } from './index.ts';

/** Every provider of the list, over what its vendor is known to answer. */
for (const provider of providers) {
  const fixture = new URL(`fixtures/${provider.id}.json`, import.meta.url);
  // What a vendor answers is unknown to types on purpose.
  conforms(provider, JSON.parse(readFileSync(fixture, 'utf8')) as Recorded);
}
