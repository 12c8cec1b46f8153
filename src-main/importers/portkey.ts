import type { LineReader, LogImporter, RowOutcome } from '../platform/importer.ts';
import type { Tokens } from '../platform/record.ts';
import { withoutBlanks } from './dialects/columns.ts';
import type { Read } from './dialects/documents.ts';
import { firstKeys } from './dialects/first-keys.ts';
import {
  amountOf,
  fromCents,
  nestedFields,
  projectLabel,
  servedFromCache,
  splitPrompt,
  statedCost,
  utcMoment,
} from './dialects/gateway-call.ts';
import { gatewayProvider } from './dialects/gateway-provider.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  numberIn,
  openFields,
  textOf,
} from './dialects/json-fields.ts';
import { rowsByLine, rowsOfDocument } from './dialects/json-rows.ts';

/**
 * Logs export of the Portkey gateway (Portkey-AI/docs-core product/observability/logs-export, 2026): JSON lines of the
 * fields a person chose, under one of two sets of names. `cost` is in cents.
 */
export const portkey = {
  spec: 1,
  kind: 'log',
  id: 'portkey',
  label: 'Portkey logs export',
  vendor: 'portkey',
  vendorLabel: 'Portkey',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'last',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    "Costs are Portkey's own from its price list, not the vendor's bill. Cached tokens are known only where the response was exported too; prompts and replies are not kept. Calls that stand in a tool's own log as well count twice: import one of the two.",
  howToGet:
    'app.portkey.ai > Logs > Export (JSONL); choose at least id, created_at, ai_org, ai_model, req_units, res_units and cost.',
  hosts: [],
  settings: [],
  locations: () => [],
  fileKind: () => null,
  recognises,
  needles: [''],
  openLines: (): LineReader => rowsByLine(openCalls()),
  readDocument: (text: string): Iterable<Read> => rowsOfDocument(text, openCalls()),
} as const satisfies LogImporter;

const marks = ['ai_org', 'ai_provider', 'trace_id', 'config', 'prompt_slug', 'response_status_code'];
const measures = ['req_units', 'request_tokens', 'cost'];

function recognises(head: string): boolean {
  const keys = firstKeys(head);
  const hasAny = (names: readonly string[]) => names.some((name) => keys.has(name));
  return keys.has('ai_model') && hasAny(marks) && hasAny(measures);
}

function openCalls(): (row: Fields) => RowOutcome {
  const reader = openFields();
  return (row) => reader.read(() => callOf(row, reader));
}

function callOf(row: Fields, reader: FieldReader): RowOutcome {
  const id = textOf(row.id);
  if (id === undefined) return { kind: 'refuse', reason: 'the row has no id' };
  const model = textOf(row.ai_model) ?? null;
  const currency = (textOf(row.cost_currency) ?? 'USD').toUpperCase();
  if (currency !== 'USD') reader.refuse(`cost_currency "${currency.slice(0, 20)}" is not USD`);
  const cents = statedCost(row, 'cost', reader);
  const used = tokensOf(row, reader);
  const isHit = /\bHIT$/i.test(textOf(row.cache_status) ?? '');
  const isIdle = used.input + used.cacheRead + used.cacheWriteUnknown + used.output === 0;
  if (isIdle && !/[1-9]/.test(cents ?? '')) return { kind: 'skip', reason: 'the call used and cost nothing' };
  const status = numberIn(row.response_status_code ?? row.status_code ?? 200);
  return {
    kind: 'record',
    record: {
      key: id,
      at: utcMoment(row.created_at, reader),
      grain: 'instant',
      provider: providerOf(row, model),
      model,
      project: projectLabel(nestedFields(row.metadata)),
      session: textOf(row.trace_id) ?? null,
      requests: 1,
      tokens: used,
      ...amountOf(cents === null ? null : fromCents(cents), used),
      ...(status >= 400 && { status: 'error' }),
      ...(isHit && servedFromCache),
      extras: withoutBlanks({ promptSlug: textOf(row.prompt_slug) ?? '' }),
    },
  };
}

function providerOf(row: Fields, model: string | null): string {
  const named = textOf(row.ai_org) ?? textOf(row.ai_provider) ?? textOf(row.provider) ?? '';
  return gatewayProvider(named, model);
}

function tokensOf(row: Fields, reader: FieldReader): Tokens {
  const prompt = reader.count(row, 'req_units' in row ? 'req_units' : 'request_tokens');
  const output = reader.count(row, 'res_units' in row ? 'res_units' : 'response_tokens');
  const usage = nestedFields(nestedFields(row.response)?.usage) ?? {};
  const details = fieldsOf(usage.prompt_tokens_details) ?? fieldsOf(usage.input_tokens_details);
  const cacheRead = reader.count(usage, 'cache_read_input_tokens') || reader.count(details, 'cached_tokens');
  const cacheWrite = reader.count(usage, 'cache_creation_input_tokens');
  // Anthropic's own form states cached tokens beside `input_tokens`, OpenAI's inside of it.
  const isBeside = details === undefined && usage.input_tokens === prompt;
  const total = reader.count(usage, 'total_tokens');
  return splitPrompt({ prompt, output, cacheRead, cacheWrite, total, isBeside }, reader);
}
