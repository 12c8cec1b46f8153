import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { type Amount, type ImportedRecord, noTokens, type Tokens } from '../platform/record.ts';
import {
  type Columns,
  openBucketKeys,
  openColumns,
  repeatedColumnWarnings,
  withoutBlanks,
} from './dialects/columns.ts';
import { openDates } from './dialects/dates.ts';
import { parseMoney } from './dialects/numbers.ts';
import { openOddRows } from './dialects/odd-rows.ts';

/**
 * Usage events of Cursor's dashboard, one row per event: nine columns in mid 2025 (with `Cost to you`), `Kind` from
 * late 2025, agent ids from April 2026, `User` in team files. The four token columns are disjoint and add up to
 * `Total Tokens`. Rows have no id.
 */
export const cursorUsage = {
  spec: 1,
  kind: 'table',
  id: 'cursor-usage',
  label: 'Cursor usage events',
  vendor: 'cursor',
  vendorLabel: 'Cursor',
  evidence: 'billed',
  coverage: 'account',
  usage: 'calls',
  accountKind: 'api',
  merge: 'last',
  keyScope: 'source',
  accuracy:
    'Tokens are exact. Only on-demand events are cash; what the plan covers is kept apart, with a value where Cursor states one. Cursor can be half a day late.',
  howToGet: 'cursor.com/dashboard > Usage > Export CSV.',
  hosts: [],
  settings: [],
  matches: (columns) =>
    columns.has('date') && columns.has('input (w/ cache write)') && columns.has('total tokens'),
  open: openUsage,
} as const satisfies TableImporter;

function openUsage(file: TableFile): TableReader {
  // Tokens are whole, so a comma in them stands for thousands whatever the rest of the file tells.
  const columns = openColumns({ header: file.header, decimal: file.decimal ?? '.' });
  const at = findColumns(columns.at);
  const dates = openDates('iso', 'UTC', file.now);
  const keyOf = openBucketKeys();
  const odd = openOddRows();

  function event(): RowOutcome {
    const date = columns.date(at.date, dates);
    if (date.precision === 'month') columns.refuse('Date states a month');
    const tokens = tokensOf(columns, at);
    const counts = [tokens.cacheWriteUnknown, tokens.input, tokens.cacheRead, tokens.output];
    if (columns.text(at.total) !== '' && sum(counts) !== columns.count(at.total))
      odd.note('the four kinds of tokens do not add up to Total Tokens');
    const kind = columns.text(at.kind);
    const { value, ...charge } = chargeOf(kind);
    return {
      kind: 'record',
      record: {
        // Neither kind nor user: files of later versions state both for the same event. Spreadsheets drop milliseconds.
        key: keyOf([String(date.at - (date.at % 1000)), columns.text(at.model), ...counts.map(String)]),
        at: date.at,
        // The oldest files state dates alone: the same event in a newer one cannot be told to be it.
        ...(date.precision === 'time' ? { grain: 'instant' } : { grain: 'day', cut: 'days' }),
        provider: 'cursor',
        model: columns.text(at.model) || null,
        session: columns.text(at.agent) || null,
        requests: 1,
        tokens,
        ...charge,
        // A later file without the price does not take away what an earlier one stated.
        precedence: charge.amount === undefined ? 0 : 1,
        ...statusOf(kind),
        extras: withoutBlanks({
          kind,
          maxMode: /^(?:yes|true)$/i.test(columns.text(at.max)) ? 'yes' : '',
          automation: columns.text(at.automation),
          valueUsd: value ?? '',
        }),
      },
    };
  }

  function chargeOf(kind: string): EventCharge {
    const cost = costCell(at.cost);
    if (at.toYou !== -1) return chargeOfOldRow(cost, costCell(at.toYou));
    const charge = chargeOfKind(kind, cost);
    if (charge === null)
      odd.note(
        `of the kind "${kind.slice(0, 40)}" it is not known whether Cursor charged: their cost is left open`,
      );
    return charge ?? { value: cost };
  }

  /** An amount, or the word that stands in its place, in small letters. */
  function costCell(column: number): string {
    const cell = parseMoney(columns.text(column), file.decimal);
    if (cell.kind === 'unreadable') columns.refuse(`Cost ${cell.reason}`);
    if (cell.kind === 'value' && (cell.currency ?? 'USD') !== 'USD') columns.refuse('Cost is not in USD');
    if (cell.kind === 'value' && cell.value.startsWith('-')) columns.refuse('Cost is negative');
    return cell.kind === 'value' ? cell.value : cell.kind === 'state' ? cell.word.toLowerCase() : '';
  }

  return {
    row: (cells) => odd.settle(columns.read(cells, event)),
    end: () => [...repeatedColumnWarnings(columns), ...odd.warnings()],
  };
}

function findColumns(at: (...names: string[]) => number) {
  return {
    date: at('date'),
    kind: at('kind'),
    model: at('model'),
    max: at('max mode'),
    agent: at('cloud agent id'),
    automation: at('automation id'),
    write: at('input (w/ cache write)'),
    input: at('input (w/o cache write)'),
    read: at('cache read'),
    output: at('output tokens'),
    total: at('total tokens'),
    cost: at('cost'),
    toYou: at('cost to you'),
  };
}

function tokensOf(columns: Columns, at: ReturnType<typeof findColumns>): Tokens {
  return {
    ...noTokens,
    input: columns.count(at.input),
    cacheRead: columns.count(at.read),
    cacheWriteUnknown: columns.count(at.write),
    output: columns.count(at.output),
  };
}

/** What an event costs: an amount of cash, or the value of what the plan covers. `value` is stated but not charged. */
type EventCharge = Pick<ImportedRecord, 'amount' | 'coveredByPlan' | 'evidence'> & {
  readonly value?: string;
};

function usd(value: string): { readonly amount: Amount } {
  return { amount: { value, currency: 'USD' } };
}

/** Zero beside the tokens of a covered event is no value of theirs: it says once more that nothing was charged. */
function covered(cost: string): EventCharge {
  return { coveredByPlan: true, evidence: 'recorded', ...(isPositive(cost) && usd(cost)) };
}

/** Files of mid 2025: `Cost` is the value of the call, `Cost to you` what is charged. */
function chargeOfOldRow(cost: string, toYou: string): EventCharge {
  if (isPositive(toYou)) return { ...usd(toYou), ...(cost !== toYou && isNumber(cost) && { value: cost }) };
  if (isPositive(cost) || cost === 'included' || toYou === 'included') return covered(cost);
  return isNumber(toYou) || isNumber(cost) || cost === 'free' ? usd('0') : {};
}

/** Cash only where the kind says so: on an included event a number is a value. Null for an amount of unknown kind. */
function chargeOfKind(kind: string, cost: string): EventCharge | null {
  const words = kind.toLowerCase().replace(/[^a-z]+/g, ' ');
  if (/\b(?:no charge|not charged|free|user api key)\b/.test(words))
    return { ...usd('0'), ...(isPositive(cost) && { value: cost }) };
  if (/\bincluded\b/.test(words) || cost === 'included') return covered(cost);
  if (cost === 'free') return usd('0');
  if (!isNumber(cost)) return {};
  return /\b(?:on demand|usage based)\b/.test(words) ? usd(cost) : null;
}

function statusOf(kind: string): { status?: string } {
  if (/error/i.test(kind)) return { status: 'error' };
  return /abort/i.test(kind) ? { status: 'cancelled' } : {};
}

function isNumber(cost: string): boolean {
  return /^\d/.test(cost);
}

function isPositive(cost: string): boolean {
  return isNumber(cost) && /[1-9]/.test(cost);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
