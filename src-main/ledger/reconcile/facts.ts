import { type AccountRow, listAccounts } from '../../store/accounts.ts';
import { exactInteger, type ReadDb } from '../../store/database.ts';
import {
  type ModelDay,
  modelDays,
  type OtherCharge,
  otherCharges,
  type Part,
  partsOf,
} from '../../store/reconcile.ts';
import type { SourceRow } from '../../store/sources.ts';
import { type DayNumber, dayNumber, monthOf } from '../day.ts';
import { chooseWitnesses } from '../evidence.ts';
import { witnessesByDay } from '../witness.ts';
import { isCompared, type Side, type Span, sideOf } from './month.ts';
import type { ReadMonth } from './months.ts';
import { type BilledLines, roundingOf } from './rounding.ts';

/** What one side knows of one model on one day. */
export interface Amounts {
  readonly cost: number;
  readonly records: number;
  readonly unpriced: number;
  readonly requests: number;
  /** Prompt and answer, each token once. */
  readonly tokens: number;
}

/** One model on one compared day, as each side tells it. */
export interface Cell {
  readonly day: DayNumber;
  readonly model: string;
  readonly billed: Amounts | null;
  readonly own: Amounts | null;
  /** Usage as the vendor itself counts it, from the bill or a usage report. */
  readonly vendor: Amounts | null;
  /** Usage as the tools' own witnesses add up to. */
  readonly tools: Amounts | null;
}

/** A source of this account, and what it does in the month. */
export interface SourceFact {
  readonly source: SourceRow;
  readonly side: Side;
  /** Over all months. */
  readonly span: Span;
  readonly isIn: boolean;
}

/** Usage of other accounts in the month, by account. */
export interface Elsewhere {
  readonly account: AccountRow;
  readonly side: Side;
  readonly source: string;
  readonly days: number;
  readonly cost: number;
  readonly tokens: number;
  readonly models: readonly string[];
}

/** Everything the findings are drawn from. */
export interface MonthFacts {
  readonly month: ReadMonth['row'];
  readonly first: DayNumber;
  readonly last: DayNumber;
  readonly cells: readonly Cell[];
  /** Records of the compared days by what they have in common, each with the side it counts on; null for neither. */
  readonly parts: readonly (Part & { readonly side: Side | null })[];
  /** What the bill charges besides usage. */
  readonly charges: readonly OtherCharge[];
  readonly sources: readonly SourceFact[];
  readonly elsewhere: readonly Elsewhere[];
  readonly now: number;
}

export const noAmounts: Amounts = { cost: 0, records: 0, unpriced: 0, requests: 0, tokens: 0 };

export function addAmounts(a: Amounts, b: Amounts): Amounts {
  return {
    cost: a.cost + b.cost,
    records: a.records + b.records,
    unpriced: a.unpriced + b.unpriced,
    requests: a.requests + b.requests,
    tokens: a.tokens + b.tokens,
  };
}

function amountsOf(row: ModelDay): Amounts {
  return {
    cost: exactInteger(row.cost_nano_usd),
    records: row.records,
    unpriced: row.unpriced_records,
    requests: row.requests,
    tokens: row.prompt + row.output,
  };
}

type Role = 'billed' | 'own' | 'vendor' | 'tools';
type Roles = ReadonlyMap<DayNumber, Readonly<Record<Role, ReadonlySet<number>>>>;

/** Which sources speak in which role on each day. */
function rolesOf({ compared, rows, sources }: ReadMonth): Roles {
  const days = [...Map.groupBy(rows, (row) => row.utc_day)].sort(([a], [b]) => a - b);
  const witnesses = witnessesByDay(days, sources);
  const only = (coverage: SourceRow['coverage']) =>
    chooseWitnesses(witnesses.map((day) => day.filter((one) => one.coverage === coverage)));
  const [vendor, tools] = [only('account'), only('tool')];
  const none = new Set<number>();
  return new Map(
    days.map(([day], i) => [
      day,
      {
        billed: compared.chosen.get(day)?.billed ?? none,
        own: compared.chosen.get(day)?.own ?? none,
        vendor: vendor[i]?.usage ?? none,
        tools: tools[i]?.usage ?? none,
      },
    ]),
  );
}

function cellsOf(rows: readonly ModelDay[], roles: Roles): readonly Cell[] {
  const cells = Map.groupBy(rows, (row) => `${row.utc_day} ${row.model}`);
  return [...cells.values()].flatMap((own) => {
    const [head] = own;
    if (head === undefined) return [];
    const sum = (role: Role): Amounts | null => {
      const in_ = own.filter((row) => roles.get(row.utc_day)?.[role].has(row.source_id));
      return in_.length === 0 ? null : in_.map(amountsOf).reduce(addAmounts);
    };
    return [
      {
        day: head.utc_day,
        model: head.model,
        billed: sum('billed'),
        own: sum('own'),
        vendor: sum('vendor'),
        tools: sum('tools'),
      },
    ];
  });
}

function elsewhereIn(
  rows: readonly ModelDay[],
  facts: { accounts: readonly AccountRow[]; sources: ReadMonth['sources'] },
): readonly Elsewhere[] {
  const accounts = new Map(facts.accounts.map((account) => [account.id, account]));
  return [...Map.groupBy(rows, (row) => row.source_id)].flatMap(([id, own]) => {
    const source = facts.sources.get(id);
    const account = source && accounts.get(source.account_id);
    if (!source || !account) return [];
    const all = own.map(amountsOf).reduce(addAmounts, noAmounts);
    return [
      {
        account,
        side: sideOf(source),
        source: source.label,
        days: new Set(own.map((row) => row.utc_day)).size,
        cost: all.cost,
        tokens: all.tokens,
        models: [...new Set(own.map((row) => row.model).filter((model) => model !== ''))],
      },
    ];
  });
}

function linesOf(parts: MonthFacts['parts']): BilledLines {
  const billed = parts.filter((part) => part.side === 'billed');
  return {
    lines: billed.reduce((sum, part) => sum + part.records, 0),
    places: Math.max(0, ...billed.map((part) => part.places)),
  };
}

/** Gathers what the findings of a month may use; they only read it. */
export function gatherFacts(db: ReadDb, month: ReadMonth, now: number): MonthFacts {
  const { row, compared, sources, spans, rows } = month;
  const { first, last } = monthOf(dayNumber(`${row.month}-01`));
  const { span } = compared;
  const roles = rolesOf(month);
  const all = modelDays(db, first, last);
  const inSpan = all.filter((one) => span === null || isCompared(compared, one.utc_day));
  const sideOfPart = (id: number): Side | null => {
    const days = [...compared.chosen.values()];
    if (days.some((day) => day.billed.has(id))) return 'billed';
    return days.some((day) => day.own.has(id)) ? 'own' : null;
  };
  const isSample = (id: number): boolean => sources.get(id)?.sample === 1;
  // Made-up calls are no cause of a real gap.
  const isOfSample = rows.every((one) => isSample(one.source_id));
  const [from, to] = [span?.first ?? first, span?.last ?? last];
  const present = new Set(rows.map((one) => one.source_id));
  const parts = partsOf(db, row.accountId, from, to).map((part) => ({
    ...part,
    side: sideOfPart(part.source_id),
  }));
  return {
    month: { ...row, roundingNanoUsd: roundingOf(row.billedNanoUsd ?? 0, linesOf(parts)) },
    first: from,
    last: to,
    cells: cellsOf(
      inSpan.filter((one) => one.account_id === row.accountId),
      roles,
    ),
    parts,
    charges: otherCharges(db, row.accountId, from, to).filter((one) =>
      roles.get(one.utc_day)?.billed.has(one.source_id),
    ),
    sources: [...sources.values()].flatMap((source) => {
      const own = spans.get(source.id);
      if (source.account_id !== row.accountId || own === undefined) return [];
      return [{ source, side: sideOf(source), span: own, isIn: present.has(source.id) }];
    }),
    elsewhere: elsewhereIn(
      inSpan.filter((one) => one.account_id !== row.accountId && isSample(one.source_id) === isOfSample),
      { accounts: listAccounts(db), sources },
    ),
    now,
  };
}
