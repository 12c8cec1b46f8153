import { type JsonPlace, type LogSpecimen, logText, recordsIn, withValue } from './log-specimen.ts';

/** One hostile log and what has to become of it. */
export type HostileLog =
  /** The counts and totals of the untouched sample. */
  | { readonly outcome: 'same'; readonly bytes: string | Buffer }
  /** A unit in place of the one with usage: it is refused (a document: as a whole), accepted, or either. */
  | { readonly outcome: 'refuse' | 'accept' | 'account'; readonly units: readonly string[] }
  | { readonly outcome: 'refuse file'; readonly bytes: string | Buffer };

export interface LogInput {
  /** Its number in the corpus. */
  readonly number: number;
  readonly what: string;
  make(specimen: LogSpecimen): readonly HostileLog[];
}

type Outcome = Extract<HostileLog, { units: unknown }>['outcome'];

function whole(specimen: LogSpecimen, change: (text: string) => string | Buffer): HostileLog[] {
  return [{ outcome: 'same', bytes: change(logText(specimen, specimen.units)) }];
}

function usageUnit({ units, usage }: LogSpecimen): string {
  return units[usage] ?? '';
}

/** The unit with usage, changed in its text. */
function bent(
  specimen: LogSpecimen,
  outcome: Outcome,
  ...changes: ((text: string) => string)[]
): HostileLog[] {
  return changes.map((change) => ({ outcome, units: [change(usageUnit(specimen))] }));
}

/** The unit with usage, with each of these in place of one of its values. */
function valued(
  { units, places }: LogSpecimen,
  role: keyof LogSpecimen['places'],
  outcome: Outcome,
  values: readonly string[],
): HostileLog[] {
  const place = places[role];
  if (place === undefined) return [];
  return values.map((json) => ({ outcome, units: [withValue(units[place.unit] ?? '', place.path, json)] }));
}

/** The sample with more text at the start of its usage's outermost object. */
function opened(specimen: LogSpecimen, more: string): string {
  const { units, usage } = specimen;
  const unit = usageUnit(specimen).replace('{', () => `{${more}`);
  return logText(specimen, units.with(usage, unit));
}

const texts: readonly LogInput[] = [
  { number: 1, what: 'a byte order mark', make: (s) => whole(s, (text) => `\uFEFF${text}`) },
  {
    number: 2,
    what: 'UTF-16 and UTF-32, which no tool writes',
    make: (s) => {
      const text = `\uFEFF${logText(s, s.units)}`;
      const utf16 = Buffer.from(text, 'utf16le');
      const utf32 = Buffer.from(Uint32Array.from(text, (char) => char.codePointAt(0) ?? 0).buffer);
      return [utf16, Buffer.from(utf16).swap16(), utf32, Buffer.from(utf32).swap32()].map((bytes) => ({
        outcome: 'refuse file',
        bytes,
      }));
    },
  },
  {
    number: 6,
    what: 'bytes of another encoding in a text, which cost a character and not the usage',
    make: (s) =>
      s.places.name === undefined
        ? []
        : ['c080', '9380', 'bf', 'eda080'].map((hex) => ({
            outcome: 'accept',
            units: [
              `${withValue(s.units[s.usage] ?? '', s.places.name?.path ?? [], `"a\u0001${hex}\u0001b"`)}`,
            ],
          })),
  },
  {
    number: 7,
    what: 'half a surrogate pair',
    make: (s) => valued(s, 'name', 'accept', ['"a\\ud800"', '"\\udc00b"']),
  },
  {
    number: 8,
    what: 'NUL in a text, as a byte and as an escape',
    make: (s) => [
      ...valued(s, 'name', 'refuse', ['"a\0b"']),
      ...valued(s, 'name', 'account', ['"a\\u0000b"']),
    ],
  },
  {
    number: 9,
    what: 'an overlong run of combining marks',
    make: (s) => valued(s, 'name', 'accept', [`"Z${'\u0301'.repeat(5_000)}"`]),
  },
  {
    number: 10,
    what: 'bidi override and zero-width characters in a name',
    make: (s) => valued(s, 'name', 'accept', ['"gpt\u202e5-tpg\u202c"', '"g\u200bp\u2060t\ufeff5"']),
  },
  {
    number: 11,
    what: 'an empty file',
    make: () => ['', ' \n\n', '\uFEFF'].map((bytes) => ({ outcome: 'refuse file', bytes })),
  },
  { number: 14, what: 'CRLF and LF mixed', make: (s) => whole(s, mixedEnds) },
  {
    number: 25,
    what: 'formulas as names',
    make: (s) => valued(s, 'name', 'accept', ['"=1+1"', '"@SUM(1)"', '"+1"', '"\\t=1"', '"\\r=1"']),
  },
];

function mixedEnds(text: string): string {
  let count = 0;
  return text.replace(/\n/g, () => (count++ % 2 ? '\n' : '\r\n'));
}

const values: readonly LogInput[] = [
  {
    number: 34,
    what: 'numbers that are none',
    make: (s) => [
      ...valued(s, 'count', 'refuse', ['-1', '1.5', '1e400', 'NaN', 'Infinity', '-Infinity']),
      ...valued(s, 'count', 'account', ['-0', '1e3', '"NaN"']),
    ],
  },
  {
    number: 35,
    what: 'more tokens than an exact number holds',
    make: (s) => valued(s, 'count', 'refuse', ['9007199254740993', '9'.repeat(30)]),
  },
  {
    number: 37,
    what: 'numbers as programs write them',
    make: (s) => valued(s, 'count', 'refuse', ['0x10', '0o7', '1_000', '010', '+1', '.5']),
  },
  {
    number: 38,
    what: 'numbers as texts, also in digits of other scripts',
    make: (s) => valued(s, 'count', 'account', ['"12"', '"１２"', '"١٢"', '"1 000"', '"1,5"', '""']),
  },
  {
    number: 40,
    what: 'null, a list, an object or a truth in place of a number',
    make: (s) => valued(s, 'count', 'account', ['null', '[]', '{}', 'true', '[12]', '{"value":12}']),
  },
  {
    number: 42,
    what: 'times that do not exist',
    make: (s) => [
      ...dated(s, ['2026-02-30T10:00:00.000Z', '2026-13-01T10:00:00Z', '2026-07-01T25:00:00Z'], []),
      ...dated(s, ['02/03/2026', '2026年3月3日', 'yesterday', '3 mars 2026'], []),
    ],
  },
  {
    number: 44,
    what: 'times since 1970 in another unit',
    make: (s) => dated(s, [], ['1782864000', '1782864000000000', '1782864000000000000', '1e400', '-1']),
  },
  {
    number: 45,
    what: 'times of other centuries',
    make: (s) =>
      dated(
        s,
        ['1601-01-01T00:00:00Z', '+010000-01-01T00:00:00Z', '9999-12-31T00:00:00Z'],
        ['-11644473600000'],
      ),
  },
  {
    number: 46,
    what: 'a leap second, and zones',
    make: (s) => dated(s, ['2026-06-30T23:59:60Z', '2026-07-01T00:00:00+25:00'], []),
  },
];

/** Hostile times, as texts where the format writes texts and as numbers where it writes numbers. */
function dated(s: LogSpecimen, asText: readonly string[], asNumber: readonly string[]): HostileLog[] {
  const { date } = s.places;
  if (date === undefined) return [];
  const isText = typeof valueAt(s, date) === 'string';
  const values = isText ? asText.map((text) => JSON.stringify(text)) : asNumber;
  // A document may state a time in several places: another one may stand in, as the file's own may.
  const wrong = values.filter((json) => recordsIn(s.outcomesWith(date, json)).some(({ at }) => !isSound(at)));
  if (wrong.length > 0) throw new Error(`read as a time: ${wrong.join(', ')}`);
  return valued(s, 'date', 'account', values);
}

/** In range, and not the second of March that programs make of the thirtieth of February. */
function isSound(at: number): boolean {
  const text = new Date(at).toISOString();
  return text >= '2015' && text < '2100' && !text.startsWith('2026-03-0');
}

function valueAt({ units }: LogSpecimen, { unit, path }: JsonPlace): unknown {
  return path.reduce<unknown>((value, key) => Object(value)[key], JSON.parse(units[unit] ?? 'null'));
}

const nested = (depth: number) => `"zz":${'['.repeat(depth)}${']'.repeat(depth)},`;

const shapes: readonly LogInput[] = [
  {
    number: 48,
    what: 'JSON nested 100,000 levels deep, and as deep as a short line can be',
    make: (s) => [
      ...bent(s, 'refuse', (text) => text.replace('{', `{${nested(100_000)}`)),
      ...bent(s, 'account', (text) => text.replace('{', `{${nested(30_000)}`)),
      ...valued(s, 'name', 'account', [nested(30_000).slice(5, -1)]),
      ...valued(s, 'count', 'account', [nested(30_000).slice(5, -1)]),
    ],
  },
  {
    number: 49,
    what: 'keys that name the prototype',
    make(s) {
      const keys = '"__proto__":{"x":1},"constructor":{"prototype":{"y":1}},';
      return [{ outcome: 'same', bytes: opened(s, keys) }];
    },
  },
  {
    number: 50,
    what: 'a key that stands twice: the last one counts, as for every reader of JSON',
    make({ places, units, kind, ...rest }) {
      if (places.count === undefined) return [];
      const s = { places, units, kind, ...rest };
      const { unit, path } = places.count;
      const key = JSON.stringify(path.at(-1));
      const json = `999,${key}:${JSON.stringify(valueAt(s, places.count))}`;
      const changed = units.with(unit, withValue(units[unit] ?? '', path, json));
      return [{ outcome: 'same', bytes: logText(s, changed) }];
    },
  },
  {
    number: 51,
    what: 'a trailing comma, comments, single quotes',
    make: (s) =>
      bent(
        s,
        'refuse',
        (text) => `${text.trimEnd().slice(0, -1)},${text.trimEnd().at(-1)}`,
        (text) => text.replace('{', '{/* usage */'),
        (text) => text.replace('{', "{'zz':1,"),
      ),
  },
  {
    number: 52,
    what: 'two objects in one line, one over many lines',
    make: (s) => [
      ...bent(
        s,
        'refuse',
        (text) => `${text} ${text}`,
        (text) => `${text}${text}`,
      ),
      ...(s.kind === 'document'
        ? []
        : bent(s, 'refuse', (text) => JSON.stringify(JSON.parse(text), null, 1))),
    ],
  },
  {
    number: 53,
    what: 'a last line that is cut',
    make: (s) => bent(s, 'refuse', (text) => text.trimEnd().slice(0, -1)),
  },
  {
    number: 54,
    what: 'a string of 10 MB',
    make: (s) => [{ outcome: 'same', bytes: opened(s, `"zz":"${'x'.repeat(10 * 1024 ** 2)}",`) }],
  },
  {
    number: 55,
    what: '200,000 keys in one object',
    make(s) {
      const keys = Array.from({ length: 200_000 }, (_, index) => `"zz${index}":0`).join();
      return [{ outcome: 'same', bytes: opened(s, `"zz":{${keys}},`) }];
    },
  },
  {
    number: 56,
    what: 'a byte order mark in the middle, from joined files',
    make: (s) =>
      s.kind === 'document'
        ? []
        : [
            {
              outcome: 'same',
              bytes: logText(
                s,
                s.units.map((unit) => `\uFEFF${unit}`),
              ),
            },
          ],
  },
];

/** The inputs of the corpus that a log of JSON can be; how files change while they are read is another test. */
export const logInputs: readonly LogInput[] = [...texts, ...values, ...shapes];

/** The bytes of a log in which the texts between two U+0001 are bytes written in hex. */
export function withRawBytes(text: string): Buffer {
  const parts = text.split('\u0001');
  return Buffer.concat(parts.map((part, index) => Buffer.from(part, index % 2 ? 'hex' : 'utf8')));
}
