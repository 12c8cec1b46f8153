import { type AccountRow, listAccounts } from '../store/accounts.ts';
import type { ReadDb } from '../store/database.ts';
import {
  type FigureKey,
  type FigureRow,
  isInRollup,
  recordFigures,
  registerZone,
  rollupFigures,
} from '../store/figures.ts';
import { listSources } from '../store/sources.ts';
import { type DayNumber, dayNumber, dayText, utcDay, type Zone } from './day.ts';
import { feeDays, type PlanFee } from './fees.ts';
import { addFee, addRow, type Figures, noFigures } from './figures.ts';
import { type Filters, fitsRollup, recordWhere, rollupNeeds, rollupWhere } from './filter.ts';

export type ReportKey = 'day' | 'model' | 'provider' | 'project' | 'account' | 'source' | 'session';

export interface ReportOptions {
  readonly by: readonly ReportKey[];
  readonly filters: Filters;
  /** Zone the figures are bucketed in. */
  readonly zone: Zone;
  /** Zone the rollup was built in. */
  readonly rollupZone: string;
  readonly now: number;
}

export interface Keys {
  day?: string;
  model?: string | null;
  provider?: string;
  project?: string | null;
  account?: string;
  accountId?: number;
  source?: string;
  sourceId?: number;
  session?: string | null;
}

export type ReportRow = Keys & Figures;

export interface Report {
  readonly rows: readonly ReportRow[];
  readonly totals: Figures;
}

export function planFeeOf(account: AccountRow): PlanFee | null {
  if (
    account.kind !== 'plan' ||
    account.fee_nano_usd === null ||
    account.fee_cycle === null ||
    account.fee_start === null
  )
    return null;
  return {
    nanoUsd: account.fee_nano_usd,
    cycle: account.fee_cycle,
    start: account.fee_start,
    end: account.fee_end,
  };
}

/** Figures of the ledger's groups, from the rollup where it knows enough, else from the records themselves. */
export function readFigures(
  db: ReadDb,
  keys: readonly FigureKey[],
  options: Omit<ReportOptions, 'by'>,
): readonly FigureRow[] {
  if (options.zone.name === options.rollupZone && isInRollup(keys) && fitsRollup(options.filters))
    return rollupFigures(db, keys, {
      where: rollupWhere(options.filters),
      filters: rollupNeeds(options.filters),
    });
  registerZone(db, options.zone);
  return recordFigures(db, keys, recordWhere(options.filters, options.zone));
}

/** One charge of a plan's flat fee. */
export interface Fee {
  readonly account: AccountRow;
  readonly day: number;
  readonly nanoUsd: number;
}

/** An empty list in a filter is no filter. */
function asked(list: readonly unknown[] | undefined): boolean {
  return list !== undefined && list.length > 0;
}

/** Fees are not about a model, a project or a session: a filter on those leaves them out. */
function concernsFees({ filters }: Omit<ReportOptions, 'by'>): boolean {
  const lists = [filters.models, filters.projects, filters.sessions, filters.sources];
  const single = filters.importId ?? filters.hour ?? filters.weekday;
  if (lists.some(asked) || single !== undefined || filters.search || filters.unpricedOnly) return false;
  return !asked(filters.evidence) || filters.evidence?.includes('recorded') === true;
}

/** Plan fees charged on the filtered days, none after `last`. */
export function feesIn(db: ReadDb, options: Omit<ReportOptions, 'by'>, last: DayNumber): readonly Fee[] {
  const { filters } = options;
  if (!concernsFees(options)) return [];
  const from = filters.from === undefined ? utcDay(0) : dayNumber(filters.from);
  const to = filters.to === undefined ? last : Math.min(last, dayNumber(filters.to));
  return listAccounts(db)
    .filter((account) => !asked(filters.accounts) || filters.accounts?.includes(account.id))
    .filter((account) => !asked(filters.providers) || filters.providers?.includes(account.provider))
    .flatMap((account) => {
      const fee = planFeeOf(account);
      return fee === null
        ? []
        : feeDays(fee, from, to).map((day) => ({ account, day, nanoUsd: fee.nanoUsd }));
    });
}

export const planFeeSource = 'Plan fee';

interface Labels {
  accounts: ReadonlyMap<number, AccountRow>;
  sources: ReadonlyMap<number, string>;
  /** Texts of days already written: a year by day and model names each of its days many times. */
  days: Map<number, string>;
}

function textOfDay(day: DayNumber, { days }: Labels): string {
  const known = days.get(day);
  if (known !== undefined) return known;
  const text = dayText(day);
  days.set(day, text);
  return text;
}

function keysOf(row: FigureRow, by: readonly ReportKey[], labels: Labels): Keys {
  const keys: Keys = {};
  for (const key of by) {
    if (key === 'day') keys.day = textOfDay(row.day ?? 0, labels);
    else if (key === 'account') {
      keys.accountId = row.account_id ?? 0;
      keys.account = labels.accounts.get(keys.accountId)?.name ?? '';
    } else if (key === 'source') {
      keys.sourceId = row.source_id ?? 0;
      keys.source = labels.sources.get(keys.sourceId) ?? '';
    } else if (key === 'provider') keys.provider = row.provider ?? '';
    else keys[key] = row[key] || null;
  }
  return keys;
}

function feeKeys(fee: Fee, by: readonly ReportKey[]): Keys {
  const all: Required<Keys> = {
    day: dayText(fee.day),
    model: null,
    provider: fee.account.provider,
    project: null,
    account: fee.account.name,
    accountId: fee.account.id,
    source: planFeeSource,
    sourceId: 0,
    session: null,
  };
  const wanted = new Set<keyof Keys>(
    by.flatMap((key) =>
      key === 'account' ? ['account', 'accountId'] : key === 'source' ? ['source', 'sourceId'] : [key],
    ),
  );
  return Object.fromEntries(Object.entries(all).filter(([key]) => wanted.has(key as keyof Keys)));
}

function compare(a: ReportRow, b: ReportRow, by: readonly ReportKey[]): number {
  for (const key of by) {
    const [x, y] = [a[key] ?? '', b[key] ?? ''];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** The ledger's figures by any keys; plan fees are part of cash on their day. Rows sorted by the keys. */
export function runReport(db: ReadDb, options: ReportOptions): Report {
  const labels: Labels = {
    accounts: new Map(listAccounts(db).map((account) => [account.id, account])),
    sources: new Map(listSources(db).map((source) => [source.id, source.label])),
    days: new Map(),
  };
  const totals = noFigures();
  const rows = new Map<string, ReportRow>();
  const rowFor = (keys: Keys): ReportRow => {
    // Each part with its length: whatever a name holds, no two groups share a text.
    let text = '';
    for (const key of options.by) {
      const part = `${(key === 'account' ? keys.accountId : key === 'source' ? keys.sourceId : keys[key]) ?? ''}`;
      text += `${part.length}:${part}`;
    }
    let row = rows.get(text);
    if (row === undefined) {
      row = Object.assign(keys, noFigures());
      rows.set(text, row);
    }
    return row;
  };
  for (const group of readFigures(db, options.by, options)) {
    addRow(totals, group);
    if (options.by.length > 0) addRow(rowFor(keysOf(group, options.by, labels)), group);
  }
  for (const fee of feesIn(db, options, options.zone.at(options.now).day)) {
    addFee(totals, fee.nanoUsd);
    if (options.by.length > 0) addFee(rowFor(feeKeys(fee, options.by)), fee.nanoUsd);
  }
  return { rows: [...rows.values()].sort((a, b) => compare(a, b, options.by)), totals };
}
