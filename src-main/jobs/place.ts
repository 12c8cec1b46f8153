import { evidenceIndex, usageRanks } from '../ledger/evidence.ts';
import type { Importer } from '../platform/importer.ts';
import type { ImportedRecord } from '../platform/record.ts';
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

/** `azure` reads Azure, `aws` AWS, `google-vertex` Google Vertex. */
export function providerLabel(provider: string): string {
  const words = provider.split(/[-_ ]+/);
  return words
    .map((word) => (word.length <= 3 ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
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

type Origin = Pick<ImportedRecord, 'provider' | 'cut'>;

/** Finds or makes the source and account for an importer's records of a provider and cut. */
export function createPlaces(
  db: WriteDb,
  importer: Importer,
  options: PlaceOptions,
): (origin: Origin) => Place {
  const { sample } = options;
  const known = new Map<string, Place>();
  const usualAccount = (): number | undefined =>
    options.account === undefined && !importer.anyVendor
      ? findSource(db, { importer: importer.id, sample })?.account_id
      : undefined;
  const place = ({ provider, cut = '' }: Origin): Place => {
    const accountId = usualAccount() ?? accountFor(db, importer, provider, options);
    const own = findSource(db, { importer: importer.id, sample, accountId, cut });
    if (own !== undefined) return { sourceId: own.id, accountId };
    const hasSibling = findSource(db, { importer: importer.id, sample, accountId }) !== undefined;
    const sourceId = insertSource(db, {
      importer: importer.id,
      label: hasSibling && cut !== '' ? `${importer.label}, ${cut}` : importer.label,
      vendor: importer.anyVendor ? provider : importer.vendor,
      kind: importer.kind,
      account_id: accountId,
      evidence: evidenceIndex(importer.evidence),
      coverage: importer.coverage,
      usage_rank: usageRanks.indexOf(importer.usage),
      cut,
      sample: Number(sample),
    });
    return { sourceId, accountId };
  };
  return (origin) => {
    const slot = `${importer.anyVendor ? origin.provider : ''}|${origin.cut ?? ''}`;
    const cached = known.get(slot);
    if (cached !== undefined) return cached;
    const found = place(origin);
    known.set(slot, found);
    return found;
  };
}
