import { exactInteger } from '../../../store/database.ts';
import type { DayNumber } from '../../day.ts';
import { dayMs } from '../../day.ts';
import { type Amounts, addAmounts, type Cell, type MonthFacts, noAmounts } from '../facts.ts';

/** One compared day of a group. */
export interface GroupDay {
  readonly day: DayNumber;
  readonly billed: Amounts;
  readonly own: Amounts;
  /** Null where the vendor itself, or where no tool, counts usage. */
  readonly vendor: Amounts | null;
  readonly tools: Amounts | null;
}

/** A model on the days both sides know; all models together where the bill names none. */
export interface Group {
  readonly model: string | null;
  readonly days: readonly GroupDay[];
  readonly billed: number;
  readonly own: number;
  readonly unpriced: number;
  /** Whether each side says anything of it on any day. */
  readonly isBilled: boolean;
  readonly isOwn: boolean;
}

/** A day with the money of both sides, without what is no usage. */
export interface DayMoney {
  readonly day: DayNumber;
  readonly billed: number;
  readonly own: number;
  readonly hasOwn: boolean;
}

/** What all findings start from: the gap cut into parts that do not overlap. */
export interface Analysis {
  readonly facts: MonthFacts;
  readonly namesModels: boolean;
  readonly days: readonly DayMoney[];
  /** Billed days of which the own side says nothing. */
  readonly silent: readonly DayMoney[];
  /** A last day on which the bill has not caught up. */
  readonly late: DayMoney | null;
  /** On the days that are neither. */
  readonly groups: readonly Group[];
}

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

function dayMoney({ cells, charges }: MonthFacts): readonly DayMoney[] {
  const other = Map.groupBy(charges, (one) => one.utc_day);
  return [...Map.groupBy(cells, (cell) => cell.day)]
    .map(([day, own]) => ({
      day,
      billed:
        sum(own.map((cell) => cell.billed?.cost ?? 0)) -
        sum((other.get(day) ?? []).map((one) => exactInteger(one.cost_nano_usd))),
      own: sum(own.map((cell) => cell.own?.cost ?? 0)),
      hasOwn: own.some((cell) => cell.own !== null),
    }))
    .sort((a, b) => a.day - b.day);
}

/** A bill read soon after its last day, of which it holds clearly less than the own side. */
function lateDay(days: readonly DayMoney[], { month, last }: MonthFacts): DayMoney | null {
  const day = days.find((one) => one.day === last);
  const isFresh = month.asOf !== null && month.asOf < (last + 1) * dayMs + 2 * dayMs;
  return day !== undefined && isFresh && !month.isFinal && day.billed < day.own * 0.75 ? day : null;
}

function add(list: readonly (Amounts | null)[]): Amounts | null {
  const known = list.filter((one) => one !== null);
  return known.length === 0 ? null : known.reduce(addAmounts);
}

function groupOf(model: string | null, cells: readonly Cell[]): Group {
  const days = [...Map.groupBy(cells, (cell) => cell.day)]
    .map(([day, own]) => ({
      day,
      billed: add(own.map((cell) => cell.billed)) ?? noAmounts,
      own: add(own.map((cell) => cell.own)) ?? noAmounts,
      vendor: add(own.map((cell) => cell.vendor)),
      tools: add(own.map((cell) => cell.tools)),
    }))
    .sort((a, b) => a.day - b.day);
  return {
    model,
    days,
    billed: sum(days.map((day) => day.billed.cost)),
    own: sum(days.map((day) => day.own.cost)),
    unpriced: sum(days.map((day) => day.own.unpriced)),
    isBilled: cells.some((cell) => cell.billed !== null),
    isOwn: cells.some((cell) => cell.own !== null),
  };
}

export function analyse(facts: MonthFacts): Analysis {
  const days = dayMoney(facts);
  const silent = days.filter((day) => !day.hasOwn && day.billed !== 0);
  const late = lateDay(days, facts);
  const apart = new Set([...silent, ...(late === null ? [] : [late])].map((one) => one.day));
  const common = facts.cells.filter((cell) => !apart.has(cell.day));
  const namesModels = facts.cells.some((cell) => cell.model !== '' && cell.billed !== null);
  // Lines of the bill without a model are charges besides usage, or cannot be told apart.
  const named = common.filter((cell) => cell.model !== '');
  const groups = namesModels
    ? [...Map.groupBy(named, (cell) => cell.model)].map(([model, cells]) => groupOf(model, cells))
    : [
        groupOf(
          null,
          common.filter(({ billed, own }) => billed !== null || own !== null),
        ),
      ];
  return { facts, namesModels, days, silent, late, groups: groups.filter((group) => group.days.length > 0) };
}

/** Groups that both sides tell of. */
export function sharedGroups({ groups }: Analysis): readonly Group[] {
  return groups.filter((group) => group.isBilled && group.isOwn);
}

export function nameOf({ model }: Pick<Group, 'model'>): string {
  return model ?? 'all models';
}
