import fc from 'fast-check';
import { type LogSpecimen, leavesOf, logText, withValue } from './log-specimen.ts';
import type { TableSpecimen } from './table-specimen.ts';
import { withCell } from './table-specimen.ts';
import { lineOf, tableText } from './table-text.ts';

/** A file of mutated rows, and how many of what it holds an import has to account for. */
export interface Mutated {
  readonly text: string;
  readonly rows: number;
}

const odd = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('', ' ', '-', 'N/A', 'NaN', '1e400', '0x10', '-1', '1,5', '1.234,5', '٣', '２', '"', "'"),
  fc.constantFrom('=1+1', '\u202e', '\u200b', '\0', '\n', '\r\n', '\t', ';', '{"a":', 'true', 'null', '[]'),
  fc.constantFrom(
    '2026-02-30',
    '2026-13-01',
    '02/03/2026',
    '1782864000',
    '9007199254740993',
    '€1.20',
    '(1.20)',
  ),
  fc.integer().map(String),
  fc.double().map(String),
);

/** Any character but those that would make other rows of it. */
const char = fc.constantFrom(...'0123456789-.,;:|{}[]eEx \t\0\u00a0\u202e\ufeffé日\u{1F600}');

const cellEdits = fc.array(fc.tuple(fc.nat(200), odd), { minLength: 1, maxLength: 5 });
const charEdits = fc.array(fc.tuple(fc.nat(5_000), char), { minLength: 1, maxLength: 4 });

type Edits =
  | { readonly kind: 'cells'; readonly edits: readonly (readonly [number, string])[] }
  | { readonly kind: 'chars'; readonly edits: readonly (readonly [number, string])[] };

const edits: fc.Arbitrary<Edits> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cells' as const), edits: cellEdits }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('chars' as const), edits: charEdits }) },
);

/** The sample's table with this many mutated rows below its own. */
export function mutatedTable(specimen: TableSpecimen, rows: number): fc.Arbitrary<Mutated> {
  const one = fc.tuple(fc.nat(), edits).map(([row, { kind, edits: all }]) => {
    const cells = specimen.rows[row % specimen.rows.length] ?? [];
    return kind === 'cells' ? withCells(cells, all) : withChars(lineOf(cells), all, /["\r\n]/);
  });
  return fc.array(one, { minLength: rows, maxLength: rows }).map((lines) => ({
    text: tableText(specimen, { lines }),
    rows: specimen.rows.length + lines.length,
  }));
}

function withCells(cells: readonly string[], all: readonly (readonly [number, string])[]): string {
  let changed = cells;
  for (const [column, text] of all) changed = withCell(changed, column % cells.length, text);
  return lineOf(changed);
}

/** Single characters replaced; those a row is made of stay, so that the number of rows is known. */
function withChars(text: string, all: readonly (readonly [number, string])[], keep: RegExp): string {
  let changed = text;
  for (const [at, to] of all) {
    const place = at % Math.max(1, changed.length);
    if (!keep.test(changed.charAt(place))) changed = changed.slice(0, place) + to + changed.slice(place + 1);
  }
  return changed;
}

const oddJson = fc.oneof(
  fc.json({ maxDepth: 2 }),
  fc.constantFrom(
    '-1',
    '1e400',
    '9007199254740993',
    '1.5',
    '"12"',
    '""',
    'null',
    '[]',
    '{"__proto__":{"x":1}}',
  ),
  fc.constantFrom(
    '"2026-02-30T00:00:00Z"',
    '"9999-12-31T00:00:00Z"',
    '"\\ud800"',
    '"\\u0000"',
    'NaN',
    '0x1',
    '',
  ),
);

const unitEdits = fc.record({
  unit: fc.nat(),
  values: fc.array(fc.tuple(fc.nat(), oddJson), { minLength: 1, maxLength: 3 }),
  chars: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: charEdits }),
  cut: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat() }),
});

/** Mutated lines; those that hold none of the format's needles are passed over unread and not counted. */
export function mutatedLines(specimen: LogSpecimen, rows: number): fc.Arbitrary<Mutated> {
  const one = unitEdits.map(({ unit, values, chars, cut }) => {
    let text = specimen.units[unit % specimen.units.length] ?? '';
    for (const [leaf, json] of values) text = withLeaf(text, leaf, json);
    text = withChars(text, chars, /\n/);
    return cut === null ? text : text.slice(0, cut % Math.max(1, text.length));
  });
  return fc.array(one, { minLength: rows, maxLength: rows }).map((lines) => {
    const held = lines.filter((line) => specimen.importer.needles.some((needle) => line.includes(needle)));
    return { text: logText(specimen, lines), rows: held.length };
  });
}

/** A document with one of its numbers replaced: what brought usage before is still there to account for. */
export function mutatedDocument(specimen: LogSpecimen, messages: number): fc.Arbitrary<Mutated> {
  const [text = ''] = specimen.units;
  const numbers = leavesOf(JSON.parse(text)).filter(({ value }) => typeof value === 'number');
  const json = oddJson.filter((value) => isJson(value));
  return fc.tuple(fc.nat(), json).map(([at, value]) => {
    const leaf = numbers[at % Math.max(1, numbers.length)];
    return { text: leaf === undefined ? text : withValue(text, leaf.path, value), rows: messages };
  });
}

function withLeaf(text: string, at: number, json: string): string {
  if (!isJson(text)) return text;
  const leaves = leavesOf(JSON.parse(text)).filter(({ path }) => path.length > 0);
  const leaf = leaves[at % Math.max(1, leaves.length)];
  return leaf === undefined ? text : withValue(text, leaf.path, json);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
