import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { noTokens, type Tokens } from '../platform/record.ts';
import { bucketKey, cutOf, openColumns, repeatedColumnWarnings, withoutBlanks } from './dialects/columns.ts';
import { openDates } from './dialects/dates.ts';
import { openEmptyBuckets } from './dialects/empty-bucket.ts';
import { grainOfSpan } from './dialects/grain.ts';
import { remember } from './dialects/remember.ts';

/**
 * Cost export of the OpenAI platform's dashboard: 10 columns in October 2025, 17 in September 2026. Amounts are
 * what is invoiced before tax and credits; an empty day is a row without amount, sometimes shorter than the header.
 */
export const openaiCost = {
  spec: 1,
  kind: 'table',
  id: 'openai-cost',
  label: 'OpenAI cost export',
  vendor: 'openai',
  vendorLabel: 'OpenAI',
  evidence: 'billed',
  coverage: 'account',
  usage: 'tokens',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy: 'What OpenAI bills, before tax and credits. The newest day may still grow.',
  howToGet: 'platform.openai.com > Usage > Export, "Cost" as CSV; group by line item to see models.',
  hosts: [],
  settings: [],
  matches: (columns) =>
    columns.has('start_time_iso') && columns.has('amount_value') && columns.has('amount_currency'),
  open: openCost,
} as const satisfies TableImporter;

const splitOf = remember(splitItem);

function openCost(file: TableFile): TableReader {
  const columns = openColumns(file, openEmptyBuckets(file));
  const at = findColumns(columns.at);
  const dates = openDates('epoch-s', 'UTC', file.now);
  const ends = openDates('epoch-s', 'UTC', file.now + 40 * 86_400_000);
  const keyOf = bucketKey;
  const who = [at.project, at.apiKey, at.user];
  const cut = cutOf(file, { item: at.item, project: at.project, key: at.apiKey, user: at.user });

  function line(): RowOutcome {
    const currency = columns.text(at.currency).toUpperCase();
    const amount = columns.money(at.amount, currency);
    const item = columns.text(at.item);
    if (amount === null && item === '' && columns.text(at.amount) === '')
      return { kind: 'skip', reason: 'an empty bucket' };
    if (amount === null) return { kind: 'refuse', reason: `amount_value of "${item}" is no amount` };
    const start = columns.date(at.start, dates).at;
    const grain = grainOfSpan(start, columns.date(at.end, ends).at);
    if (!/^[A-Z]{3}$/.test(currency)) columns.refuse(`amount_currency "${currency}" is not a currency`);
    if (grain === null) return { kind: 'refuse', reason: 'the bucket is no minute, hour, day or month' };
    const { model, part, kind } = splitOf(item);
    const inTokens = /tokens?$/i.test(columns.text(at.unit));
    return {
      kind: 'record',
      record: {
        key: keyOf([String(start), grain, model ?? item, kind, ...who.map(columns.text)]),
        at: start,
        grain,
        cut: `${cut}, ${grain}s`,
        provider: 'openai',
        model,
        project: columns.text(at.projectName) || columns.text(at.project) || null,
        requests: 0,
        tokens: part && inTokens ? { ...noTokens, [part]: columns.count(at.quantity) } : noTokens,
        amount: { value: amount, currency },
        extras: withoutBlanks({
          lineItem: item,
          quantity: part && inTokens ? '' : columns.text(at.quantity),
          unit: part && inTokens ? '' : columns.text(at.unit),
          apiKeyId: columns.text(at.apiKey),
        }),
      },
    };
  }

  return { row: (cells) => columns.read(cells, line), end: () => repeatedColumnWarnings(columns) };
}

function findColumns(at: (...names: string[]) => number) {
  return {
    start: at('start_time'),
    end: at('end_time'),
    amount: at('amount_value'),
    currency: at('amount_currency'),
    item: at('line_item'),
    quantity: at('quantity'),
    unit: at('quantity_unit'),
    project: at('project_id'),
    projectName: at('project_name'),
    apiKey: at('api_key_id'),
    user: at('user_id'),
  };
}

type Part = Extract<keyof Tokens, 'input' | 'cacheRead' | 'cacheWriteUnknown' | 'output'>;

interface Item {
  readonly model: string | null;
  /** Kind of tokens as written, without the endings that came and went over the years. */
  readonly kind: string;
  readonly part: Part | null;
}

/**
 * `gpt-5-mini, cached input` is a model and a kind of tokens. Files of 2026 write `cached_input_tokens`; both name
 * one bucket. Items that name no tokens (`web search tool calls`) have no model.
 */
function splitItem(item: string): Item {
  const comma = item.lastIndexOf(', ');
  const kind = item
    .slice(comma + 2)
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/ tokens?$/, '');
  const part = comma === -1 ? null : partOf(kind);
  return part ? { model: item.slice(0, comma).trim(), kind, part } : { model: null, kind: '', part: null };
}

function partOf(name: string): Part | null {
  if (/\bcache.*\bwrit|\bwrit.*\bcache/.test(name)) return 'cacheWriteUnknown';
  if (/\bcached?\b/.test(name)) return 'cacheRead';
  if (/\boutput\b/.test(name)) return 'output';
  return /\binput\b/.test(name) ? 'input' : null;
}
