import type { CostPage, CostRequest } from '../../platform/provider.ts';
import { addTokens, type ImportedRecord } from '../../platform/record.ts';
import { sumText } from './amount.ts';
import { bucketKey, dayMs, startOfDay } from './days.ts';

/** What one request of a day found, and where the next day begins, if not right after it. */
export interface DayFound {
  readonly records: readonly ImportedRecord[];
  readonly problems?: CostPage['problems'];
  readonly next?: number;
}

/**
 * Reads a window of a vendor that can only state the total of an interval: one request per UTC day, one page per
 * `daysPerPage` days, so that a long back-fill can go on where it was cut. The cursor is the next day.
 */
export async function readDaily(
  { from, to, cursor }: CostRequest,
  daysPerPage: number,
  readDay: (day: number) => Promise<DayFound>,
): Promise<CostPage> {
  const records: ImportedRecord[] = [];
  const problems: CostPage['problems'][number][] = [];
  let day = cursor === null ? startOfDay(from) : Number(cursor);
  for (let asked = 0; day < to && asked < daysPerPage; asked++) {
    const found = await readDay(day);
    records.push(...found.records);
    problems.push(...(found.problems ?? []));
    day = found.next ?? day + dayMs;
  }
  return { records, problems, cursor: day < to ? String(day) : null, asOf: null };
}

/** Start of the UTC month that many months after the one a moment lies in. */
export function monthStart(at: number, more = 0): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + more, 1);
}

/**
 * Records of one bucket as one: tokens, requests and amounts are added exactly. Vendors state a bucket twice where a
 * dimension tells them apart that they do not show, and one would replace the other.
 */
export function merged(records: readonly ImportedRecord[]): readonly ImportedRecord[] {
  const byKey = new Map<string, ImportedRecord>();
  for (const record of records) {
    const key = record.key ?? bucketKey([record.at, record.model]);
    const before = byKey.get(key);
    byKey.set(key, before === undefined ? { ...record, key } : sumOf(before, record));
  }
  return [...byKey.values()];
}

function sumOf(a: ImportedRecord, b: ImportedRecord): ImportedRecord {
  const amounts = [a.amount, b.amount].filter((amount) => amount !== undefined);
  const [first] = amounts;
  return {
    ...a,
    requests: a.requests + b.requests,
    tokens: addTokens(a.tokens, b.tokens),
    ...(first !== undefined && {
      amount: { value: sumText(amounts.map(({ value }) => value)), currency: first.currency },
    }),
  };
}
