import { evidenceIndex, usageRanks } from '../ledger/evidence.ts';
import type { Importer } from '../platform/importer.ts';
import { accountByName, insertAccount } from '../store/accounts.ts';
import type { WriteDb } from '../store/database.ts';
import { findSource, insertSource } from '../store/sources.ts';

/** Where records go. */
export interface Place {
  readonly sourceId: number;
  readonly accountId: number;
}

export interface PlaceOptions {
  /** The user's choice; without it the importer's own account. */
  readonly account?: string | undefined;
  readonly sample: boolean;
  readonly now: number;
}

export function providerLabel(provider: string): string {
  return provider.replace(
    /(^|[-_ ])([a-z])/g,
    (_, gap: string, letter: string) => `${gap === '' ? '' : ' '}${letter.toUpperCase()}`,
  );
}

/** Name of the account an importer's records go to until the user says otherwise. */
export function defaultAccountName(importer: Importer, provider: string): string {
  if (importer.anyVendor) return `${providerLabel(provider)} API`;
  if (importer.coverage === 'tool' && importer.kind === 'log') return importer.label;
  return `${importer.vendorLabel} API`;
}

function accountFor(db: WriteDb, importer: Importer, provider: string, options: PlaceOptions): number {
  const base = options.account ?? defaultAccountName(importer, provider);
  const name = options.sample && options.account === undefined ? `${base} (sample)` : base;
  const existing = accountByName(db, name);
  if (existing !== undefined) return existing.id;
  const isAssumed = options.account === undefined && importer.accountKind !== 'api';
  return insertAccount(db, {
    name,
    kind: options.account === undefined ? importer.accountKind : 'api',
    provider: importer.anyVendor ? provider : importer.vendor,
    fee_nano_usd: null,
    fee_cycle: null,
    fee_start: null,
    fee_end: null,
    assumed: Number(isAssumed),
    created_at: options.now,
  });
}

/** Finds or makes the source and account for an importer's records of a provider. */
export function createPlaces(
  db: WriteDb,
  importer: Importer,
  options: PlaceOptions,
): (provider: string) => Place {
  const perProvider = importer.anyVendor;
  const known = new Map<string, Place>();
  const place = (provider: string): Place => {
    const isDefault = options.account === undefined && !perProvider;
    const first = isDefault ? findSource(db, importer.id, null, options.sample) : undefined;
    if (first !== undefined) return { sourceId: first.id, accountId: first.account_id };
    const accountId = accountFor(db, importer, provider, options);
    const own = findSource(db, importer.id, accountId, options.sample);
    if (own !== undefined) return { sourceId: own.id, accountId };
    const sourceId = insertSource(db, {
      importer: importer.id,
      label: importer.label,
      vendor: perProvider ? provider : importer.vendor,
      kind: importer.kind,
      account_id: accountId,
      evidence: evidenceIndex(importer.evidence),
      coverage: importer.coverage,
      usage_rank: usageRanks.indexOf(importer.usage),
      sample: Number(options.sample),
    });
    return { sourceId, accountId };
  };
  return (provider) => {
    const slot = perProvider ? provider : '';
    const cached = known.get(slot);
    if (cached !== undefined) return cached;
    const found = place(provider);
    known.set(slot, found);
    return found;
  };
}
