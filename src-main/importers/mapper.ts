import { AppError } from '../platform/error.ts';
import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { noTokens, type Tokens } from '../platform/record.ts';
import { type Column, openColumns, repeatedColumnWarnings } from './dialects/columns.ts';
import { type DateReader, openDates } from './dialects/dates.ts';
import { type ColumnRole, type Mapping, measuresOf } from './dialects/mapping.ts';
import { parseQuantity } from './dialects/numbers.ts';
import { vendorId } from './dialects/vendor-id.ts';

export { guessFormats } from './dialects/guess-formats.ts';
export { guessMapping } from './dialects/guess-mapping.ts';
export type { Mapping };

export const mappedImporterId = 'mapped';

/** Reads a file by the columns a person chose. What it states and how far it is trusted follow from the mapping. */
export function mappedImporter(mapping: Mapping): TableImporter {
  const measures = measuresOf(mapping);
  return {
    spec: 1,
    kind: 'table',
    id: mappedImporterId,
    label: mapping.name,
    vendor: vendorId(mapping.provider),
    vendorLabel: mapping.provider,
    ...(mapping.columns.provider !== undefined && { anyVendor: true as const }),
    evidence: mapping.evidence,
    coverage: mapping.evidence === 'billed' ? 'account' : 'tool',
    usage: measures.usage,
    accountKind: 'api',
    merge: 'first',
    keyScope: 'source',
    accuracy: 'As good as the file and the chosen columns.',
    howToGet: 'Any file with a header: choose which column gives what.',
    hosts: [],
    settings: [],
    matches: () => false,
    open: (file) => openMapped(mapping, file),
  };
}

/**
 * Reads rows by a mapping. Throws BAD_INPUT when the file lacks a column the mapping names, or the mapping's zone
 * is unknown.
 */
function openMapped(mapping: Mapping, file: TableFile): TableReader {
  const columns = openColumns({ header: file.header, decimal: mapping.decimal });
  const at = findColumns(mapping, columns.at);
  const dates = openMappedDates(mapping, file.now);
  const { countsCalls } = measuresOf(mapping);
  let oddReasoning = 0;

  function entry(): RowOutcome {
    if (isTotal([at.date, 0, 1].map(columns.text))) return { kind: 'skip', reason: 'a row of totals' };
    const amount = amountOf();
    const tokens = tokensOf();
    const asked = columns.count(at.requests);
    if (amount === null && asked === 0 && Object.values(tokens).every((count) => count === 0))
      return { kind: 'skip', reason: 'states neither usage nor money' };
    const date = columns.date(at.date, dates);
    const provider = vendorId(columns.text(at.provider) || mapping.provider);
    if (provider === '') columns.refuse('no provider is named');
    const callId = columns.text(at.callId);
    const isCall = countsCalls && at.requests === -1 && date.precision === 'time';
    return {
      kind: 'record',
      record: {
        ...(callId !== '' && { key: callId, vendorCallId: callId }),
        at: date.at,
        grain: date.precision === 'time' ? 'instant' : date.precision,
        provider,
        model: columns.text(at.model) || null,
        project: columns.text(at.project) || null,
        session: columns.text(at.session) || null,
        requests: isCall ? 1 : asked,
        tokens,
        ...(amount && { amount }),
      },
    };
  }

  function amountOf() {
    const cell = parseQuantity(columns.text(at.cost), mapping.decimal);
    const marked = cell.kind === 'value' ? cell.currency : undefined;
    const named = columns.text(at.currency).toUpperCase();
    const currency = named || marked || mapping.currency;
    const value = columns.money(at.cost, currency);
    if (value === null) return null;
    if (!/^[A-Z]{3}$/.test(currency)) columns.refuse(`"${currency}" is not a currency`);
    if (marked !== undefined && marked !== (named || mapping.currency))
      columns.refuse(`the amount is in ${marked}, not in ${named || mapping.currency}`);
    return { value, currency };
  }

  function tokensOf(): Tokens {
    const given = columns.count(at.input);
    const cacheRead = columns.count(at.cacheRead);
    const cacheWriteUnknown = columns.count(at.cacheWrite);
    const output = columns.count(at.output);
    const reasoning = columns.count(at.reasoning);
    const input =
      mapping.inputIncludesCache && at.input !== -1 ? given - cacheRead - cacheWriteUnknown : given;
    if (input < 0) columns.refuse('cached tokens exceed the input said to include them');
    if (reasoning > output) oddReasoning++;
    return {
      ...noTokens,
      input,
      cacheRead,
      cacheWriteUnknown,
      output,
      reasoning: Math.min(reasoning, output),
    };
  }

  return {
    row: (cells) => columns.read(cells, entry),
    end: () => [
      ...repeatedColumnWarnings(columns),
      ...(oddReasoning > 0
        ? [`In ${oddReasoning} rows reasoning exceeds output: check whether output includes it.`]
        : []),
    ],
  };
}

function openMappedDates(mapping: Mapping, now: number): DateReader {
  try {
    return openDates(mapping.dateFormat, mapping.zone, now);
  } catch (cause) {
    throw new AppError(
      'BAD_INPUT',
      `"${mapping.zone}" is not a time zone. Choose one like Europe/Berlin, or UTC.`,
      { cause },
    );
  }
}

function findColumns(
  { columns }: Mapping,
  at: (...names: readonly string[]) => Column,
): Readonly<Record<ColumnRole, Column>> {
  const find = (name: string | undefined) => {
    if (name === undefined) return -1;
    const column = at(name.trim().toLowerCase());
    if (column !== -1) return column;
    throw new AppError('BAD_INPUT', `This file has no column "${name}". Choose the columns again.`);
  };
  return {
    date: find(columns.date),
    cost: find(columns.cost),
    currency: find(columns.currency),
    model: find(columns.model),
    provider: find(columns.provider),
    project: find(columns.project),
    session: find(columns.session),
    requests: find(columns.requests),
    input: find(columns.input),
    cacheRead: find(columns.cacheRead),
    cacheWrite: find(columns.cacheWrite),
    output: find(columns.output),
    reasoning: find(columns.reasoning),
    callId: find(columns.callId),
  };
}

const totals = /^(?:grand |sub)?totals?\b|^(?:gesamt|summe|zwischensumme|sous-total|suma|totale)\b/i;

/** Tables end in sums; those name themselves where the date or the first columns would stand. */
function isTotal(texts: readonly string[]): boolean {
  return texts.some((text) => totals.test(text)) && !/\d/.test(texts[0] ?? '');
}
