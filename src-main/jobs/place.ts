import { importers } from '../importers/index.ts';
import { coveredCut, evidenceIndex, usageRanks } from '../ledger/evidence.ts';
import type { Importer } from '../platform/importer.ts';
import { type AccountRow, accountByName, insertAccount, listAccounts } from '../store/accounts.ts';
import type { WriteDb } from '../store/database.ts';
import { findSource, findSources, insertSource, listSources } from '../store/sources.ts';
import type { Origin } from './source-finder.ts';

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
function providerLabel(provider: string): string {
  const words = provider.split(/[-_ ]+/);
  return words
    .map((word) => (word.length <= 3 ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}

function vendorName(provider: string): string {
  return importers.find((importer) => importer.vendor === provider)?.vendorLabel ?? providerLabel(provider);
}

/** An origin as its source has it. */
interface Slot {
  readonly vendor: string;
  readonly cut: string;
  readonly isCovered: boolean;
}

function slotOf(importer: Importer, { provider, cut = '', coveredByPlan }: Origin): Slot {
  const isCovered = coveredByPlan === true;
  return {
    vendor: importer.anyVendor ? provider : importer.vendor,
    cut: isCovered ? [coveredCut, cut].filter((part) => part !== '').join(', ') : cut,
    isCovered,
  };
}

type NewAccount = Pick<AccountRow, 'name' | 'kind'>;

/** The account records go to until the user says otherwise. */
function usualAccount(importer: Importer, { vendor, isCovered }: Slot): NewAccount {
  if (isCovered) return { name: `${vendorName(vendor)} plan`, kind: 'plan' };
  const kind = importer.accountKind;
  // A tool on this machine has an account of its own; what a vendor exports is the vendor's, whatever its file's shape.
  if (importer.kind === 'log' && importer.coverage === 'tool' && !importer.anyVendor)
    return { name: importer.label, kind };
  // Several tools may run on one plan: what they say goes where the vendor's own report of it goes.
  if (kind === 'plan') return { name: `${vendorName(vendor)} plan`, kind };
  return { name: `${vendorName(vendor)} API`, kind };
}

function accountNamed(db: WriteDb, account: NewAccount, provider: string, options: PlaceOptions): number {
  return (
    accountByName(db, account.name)?.id ??
    insertAccount(db, {
      ...account,
      provider,
      fee_nano_usd: null,
      fee_cycle: null,
      fee_start: null,
      fee_end: null,
      assumed: Number(options.account === undefined && account.kind !== 'api'),
      created_at: options.now,
    })
  );
}

/** The one key account of a vendor, whatever the user named it; undefined when there is none or a choice. */
export function onlyKeyAccount(db: WriteDb, vendor: string): number | undefined {
  const ofSample = sampleAccounts(db);
  const own = listAccounts(db).filter(
    (account) => account.provider === vendor && account.kind === 'api' && !ofSample.has(account.id),
  );
  return own.length === 1 ? own[0]?.id : undefined;
}

/** Accounts that hold nothing but sample data: they go with it. */
function sampleAccounts(db: WriteDb): ReadonlySet<number> {
  const sources = listSources(db);
  const real = new Set(sources.filter(({ sample }) => sample === 0).map((source) => source.account_id));
  return new Set(sources.map((source) => source.account_id).filter((id) => !real.has(id)));
}

/** The account the user named; what a plan covers goes beside it where that account is no plan, as it is no cash. */
function chosenAccount(db: WriteDb, name: string, slot: Slot, options: PlaceOptions): number {
  const isPlan = accountByName(db, name)?.kind === 'plan';
  const account: NewAccount =
    slot.isCovered && !isPlan ? { name: `${name} plan`, kind: 'plan' } : { name, kind: 'api' };
  return accountNamed(db, account, slot.vendor, options);
}

function accountFor(db: WriteDb, importer: Importer, slot: Slot, options: PlaceOptions): number {
  const { account, sample } = options;
  if (account !== undefined) return chosenAccount(db, account, slot, options);
  const usual = usualAccount(importer, slot);
  if (sample) return accountNamed(db, { ...usual, name: `${usual.name} (sample)` }, slot.vendor, options);
  const known = usual.kind === 'api' ? onlyKeyAccount(db, slot.vendor) : undefined;
  return known ?? accountNamed(db, usual, slot.vendor, options);
}

/**
 * Finds or makes the source and account for an importer's records. A source stays where the user moved it;
 * a new cut of a known vendor goes to the account of its siblings.
 */
export function createPlaces(
  db: WriteDb,
  importer: Importer,
  options: PlaceOptions,
): (origin: Origin) => Place {
  const base = { importer: importer.id, sample: options.sample, evidence: evidenceIndex(importer.evidence) };
  const isChosen = options.account !== undefined;
  /** What a plan covers and what is paid per use are never siblings: one is no cash, the other is. */
  const siblingOf = ({ vendor, isCovered }: Slot): number | undefined =>
    isChosen
      ? undefined
      : findSources(db, { ...base, vendor }).find(({ cut }) => cut.startsWith(coveredCut) === isCovered)
          ?.account_id;
  const place = (slot: Slot): Place => {
    const { vendor, cut } = slot;
    const moved = isChosen ? undefined : findSource(db, { ...base, vendor, cut });
    if (moved !== undefined) return { sourceId: moved.id, accountId: moved.account_id };
    const accountId = siblingOf(slot) ?? accountFor(db, importer, slot, options);
    const own = findSource(db, { ...base, vendor, cut, accountId });
    if (own !== undefined) return { sourceId: own.id, accountId };
    const hasSibling = findSource(db, { ...base, vendor, accountId }) !== undefined;
    const sourceId = insertSource(db, {
      importer: importer.id,
      sample: Number(options.sample),
      label: (hasSibling || slot.isCovered) && cut !== '' ? `${importer.label}, ${cut}` : importer.label,
      vendor,
      kind: importer.kind,
      account_id: accountId,
      evidence: evidenceIndex(importer.evidence),
      coverage: importer.coverage,
      usage_rank: usageRanks.indexOf(importer.usage),
      cut,
    });
    return { sourceId, accountId };
  };
  const known = new Map<string, Place>();
  return (origin) => {
    const slot = slotOf(importer, origin);
    const id = `${slot.vendor}|${slot.cut}`;
    const cached = known.get(id);
    if (cached !== undefined) return cached;
    const found = place(slot);
    known.set(id, found);
    return found;
  };
}
