import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withScanner } from './scanner.ts';

const needles = ['"usage"'];
const many = ['_meta"', '_count"', '.starte', 'ab'];
const wanted = [
  'type',
  'message.id',
  'message.usage.input',
  'message.usage.more.a',
  'list',
  'a name of thirty-one bytes, odd',
];

interface Seen {
  readonly lines: readonly (readonly [number: number, text: string])[];
  readonly rest: string;
}

/** Every line with a needle, the block's bytes given in one piece. */
function search(bytes: Buffer, wantedNeedles: readonly string[]): Seen {
  return withScanner(wantedNeedles, wanted, (scanner) => {
    if (scanner === null) throw new Error('this machine cannot run the program');
    scanner.resize(bytes.length);
    bytes.copy(scanner.block);
    scanner.lines = 0;
    const lines: [number, string][] = [];
    let from = 0;
    for (let line = scanner.nextLine(from, bytes.length); line; line = scanner.nextLine(from, bytes.length)) {
      lines.push([scanner.lines, scanner.block.toString('latin1', line.start, line.end)]);
      from = line.end + 1;
    }
    return { lines, rest: scanner.block.toString('latin1', scanner.rest, bytes.length) };
  });
}

function searchedPlainly(bytes: Buffer, wantedNeedles: readonly string[]): Seen {
  const lines = bytes.toString('latin1').split('\n');
  const rest = lines.pop() ?? '';
  return {
    lines: lines.flatMap((text, index) =>
      wantedNeedles.some((needle) => text.includes(needle)) ? [[index + 1, text] as const] : [],
    ),
    rest,
  };
}

type Fields = { readonly [name: string]: unknown };

/** What the program makes of one line, and with it what it was told before. */
function fieldsOf(...lines: readonly Buffer[]): readonly (Fields | null)[] {
  return withScanner(needles, wanted, (scanner) => {
    if (scanner === null) throw new Error('this machine cannot run the program');
    return lines.map((line) => {
      scanner.resize(line.length + 1);
      line.copy(scanner.block);
      scanner.block[line.length] = 0x0a;
      return scanner.fields(0, line.length)?.entry() ?? null;
    });
  });
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A parsed line with its wanted fields only. */
function pruned(value: unknown, paths: readonly string[]): unknown {
  if (!isObject(value)) return value;
  const names = new Set(paths.map((path) => path.split('.')[0] ?? ''));
  return Object.fromEntries(
    [...names].flatMap((name) => {
      if (!Object.hasOwn(value, name)) return [];
      const inside = paths.flatMap((path) =>
        path.startsWith(`${name}.`) ? path.slice(name.length + 1) : [],
      );
      return [[name, inside.length === 0 ? value[name] : pruned(value[name], inside)]];
    }),
  );
}

const oddText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '"usage":{',
    '\\',
    '\n\t"',
    'x'.repeat(15),
    'x'.repeat(16),
    'y'.repeat(129),
    '',
    '\u00e9\u{1f600}',
  ),
);
const oddNumber = fc.oneof(
  fc.constantFrom(0, -0, 1e21, 1.5, -3, 999_999_999_999_999, 2 ** 60, 1e-7),
  fc.nat(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const scalar = fc.oneof(oddText, oddNumber, fc.boolean(), fc.constant(null));
const name = fc.oneof(
  fc.constantFrom('type', 'message', 'id', 'usage', 'input', 'more', 'a', 'list', 'typo', 'b', '__proto__'),
  fc.constantFrom(...wanted),
  oddText,
);
const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 6 }),
  ),
}));
const lineObject = fc.record(
  {
    type: scalar,
    list: anyValue,
    message: fc.oneof(
      anyValue,
      fc.record({
        id: scalar,
        usage: fc.oneof(anyValue, fc.record({ input: scalar, more: fc.dictionary(name, scalar) })),
        content: anyValue,
      }),
    ),
    other: anyValue,
  },
  { requiredKeys: [] },
);
/** Blanks, other white space, escapes and damage in a line's text. */
const edits = fc.array(
  fc.record({
    at: fc.nat(),
    drop: fc.nat({ max: 2 }),
    put: fc.constantFrom(
      ' ',
      '\t',
      '"',
      '\\',
      '\\u0041',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '1',
      '-',
      'e',
      '.',
      '\u0001',
      'type',
    ),
  }),
  { maxLength: 3 },
);

function edited(text: string, changes: readonly { at: number; drop: number; put: string }[]): string {
  return changes.reduce((all, { at, drop, put }) => {
    const from = at % (all.length + 1);
    return all.slice(0, from) + put + all.slice(from + drop);
  }, text);
}

const seeded = { seed: 20_261_128 };

describe('nextLine', () => {
  it.each([[needles], [many]])(
    'finds the lines that hold one of %j, wherever blocks of bytes begin and end',
    (wantedNeedles) => {
      const part = fc.constantFrom(
        ...wantedNeedles,
        ...wantedNeedles.map((text) => text.slice(0, -1)),
        '\n',
        '\n',
        '"',
        '_',
        'u',
        ' '.repeat(13),
        'x'.repeat(31),
      );
      fc.assert(
        fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
          const bytes = Buffer.from(parts.join(''), 'latin1');
          expect(search(bytes, wantedNeedles)).toEqual(searchedPlainly(bytes, wantedNeedles));
        }),
        { ...seeded, numRuns: 3_000 },
      );
    },
  );

  it('takes no part of a needle behind the last byte for one', () => {
    expect(search(Buffer.from('a\n"usage'), needles)).toEqual({ lines: [], rest: '"usage' });
  });

  it('is left to plain search for needles it has no room for', () => {
    for (const odd of [[], ['x'], ['longer than 16 bytes'], ['caf\u00e9']])
      expect(withScanner(odd, wanted, (scanner) => scanner)).toBeNull();
  });
});

describe('fields', () => {
  it('are those of JSON.parse, or the line is left to it, whatever a line is damaged by', () => {
    let told = 0;
    fc.assert(
      fc.property(lineObject, edits, (object, changes) => {
        const line = Buffer.from(edited(JSON.stringify(object), changes));
        const [entry = null] = fieldsOf(line);
        if (entry === null) return;
        told++;
        expect(entry).toEqual(pruned(JSON.parse(line.toString()), wanted));
      }),
      { ...seeded, numRuns: 10_000 },
    );
    expect(told).toBeGreaterThan(3_000);
  });

  it('are found in every line as tools write them, and not mixed up with those of the lines before', () => {
    fc.assert(
      fc.property(fc.array(lineObject, { minLength: 1, maxLength: 6 }), (objects) => {
        const lines = objects.map((object) => Buffer.from(JSON.stringify(object)));
        const expected = objects.map((object) => pruned(JSON.parse(JSON.stringify(object)), wanted));
        // A name with an escape in a wanted object is rare and left to JSON.parse.
        for (const [index, entry] of fieldsOf(...lines).entries())
          if (entry !== null || !lines[index]?.includes('\\')) expect(entry).toEqual(expected[index]);
      }),
      { ...seeded, numRuns: 3_000 },
    );
  });

  it('are those of broken UTF-8, too', () => {
    const line = Buffer.concat([
      Buffer.from('{"type":"a'),
      Buffer.from([0xc3, 0x28, 0xff]),
      Buffer.from('"}'),
    ]);
    expect(fieldsOf(line)).toEqual([JSON.parse(line.toString())]);
  });

  it.each([
    ['a field that stands there twice', '{"type":"a","type":"b"}'],
    ['an object that stands there twice', '{"message":{"id":"a"},"message":{"id":"b"}}'],
    ['a name written with an escape', '{"typ\\u0065":"a"}'],
    ['white space other than blanks', '{"type":\t"a"}'],
    ['a raw control character', '{"x":"\u0001"}'],
    ['a text that does not end', '{"x":"abc'],
    ['something behind the object', '{"x":1}2'],
    ['a lone escape', '{"x":"\\q"}'],
    ['half an escape', '{"x":"\\u12g4"}'],
    ['a number with a leading zero', '{"x":01}'],
    ['a comma too many', '{"x":1,}'],
    ['a list', '[1]'],
    ['nesting past what is walked', `{"x":${'['.repeat(70)}${']'.repeat(70)}}`],
  ])('leave %s to JSON.parse', (_, line) => {
    expect(fieldsOf(Buffer.from(line))).toEqual([null]);
  });

  it('forget what a line that failed had said', () => {
    const [one, two, three] = fieldsOf(
      Buffer.from('{"type":"first"}'),
      Buffer.from('{"type":"other",}'),
      Buffer.from('{"type":"other"}'),
    );
    expect([one, two, three]).toEqual([{ type: 'first' }, null, { type: 'other' }]);
  });
});

it('is lent to one at a time', () => {
  withScanner(needles, wanted, (outer) => {
    expect(outer).not.toBeNull();
    withScanner(needles, wanted, (inner) => expect(inner).toBeNull());
  });
});
