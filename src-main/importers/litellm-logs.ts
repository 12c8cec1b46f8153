import type { LineReader, LogImporter, RowOutcome } from '../platform/importer.ts';
import type { Tokens } from '../platform/record.ts';
import { withoutBlanks } from './dialects/columns.ts';
import type { Read } from './dialects/documents.ts';
import { firstKeys } from './dialects/first-keys.ts';
import {
  amountOf,
  nestedFields,
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
  keyText,
  openFields,
  textOf,
} from './dialects/json-fields.ts';
import { rowsByLine, rowsOfDocument } from './dialects/json-rows.ts';

/**
 * Spend logs of the LiteLLM proxy, as `/spend/logs` answers or as a dump of the table LiteLLM_SpendLogs
 * (docs.litellm.ai, 2026): one entry per call. Prompt tokens include cached ones.
 */
export const litellmLogs = {
  spec: 1,
  kind: 'log',
  id: 'litellm-logs',
  label: 'LiteLLM spend logs',
  vendor: 'litellm',
  vendorLabel: 'LiteLLM',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'last',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    "Costs are LiteLLM's own from its price list, not the vendor's bill; a call it knows no price for is priced from its tokens. Prompts and replies are not kept. Calls that stand in a tool's own log as well count twice: import one of the two.",
  howToGet:
    'Save the answer of your proxy’s /spend/logs as .json, or dump its table LiteLLM_SpendLogs as JSON.',
  hosts: [],
  settings: [],
  locations: () => [],
  fileKind: () => null,
  recognises: (head) => {
    const keys = firstKeys(head);
    return ['request_id', 'call_type', 'spend', 'startTime'].every((name) => keys.has(name));
  },
  needles: [''],
  openLines: (): LineReader => rowsByLine(openCalls()),
  readDocument: (text: string): Iterable<Read> => rowsOfDocument(text, openCalls()),
} as const satisfies LogImporter;

function openCalls(): (row: Fields) => RowOutcome {
  const reader = openFields();
  return (row) => reader.read(() => callOf(row, reader));
}

function callOf(row: Fields, reader: FieldReader): RowOutcome {
  const id = textOf(row.request_id);
  if (id === undefined) return { kind: 'refuse', reason: 'the entry has no request_id' };
  const model = textOf(row.model) ?? textOf(row.model_group) ?? null;
  const metadata = nestedFields(row.metadata) ?? {};
  const spend = statedCost(row, 'spend', reader);
  const tokens = tokensOf(row, metadata, reader);
  const isHit = /^true$/i.test(keyText(row.cache_hit ?? ''));
  const isIdle = Object.values(tokens).every((count) => count === 0);
  if (isIdle && !/[1-9]/.test(spend ?? '')) return { kind: 'skip', reason: 'the call used and cost nothing' };
  return {
    kind: 'record',
    record: {
      key: id,
      at: utcMoment(row.startTime, reader),
      grain: 'instant',
      provider: gatewayProvider(textOf(row.custom_llm_provider) ?? '', model),
      model,
      project: textOf(metadata.user_api_key_team_alias) ?? textOf(row.team_id) ?? null,
      session: textOf(row.session_id) ?? null,
      requests: 1,
      tokens,
      ...amountOf(spend, tokens),
      ...(row.status === 'failure' && { status: 'error' }),
      ...(isHit && servedFromCache),
      extras: withoutBlanks({
        apiKeyName: textOf(metadata.user_api_key_alias) ?? '',
        modelGroup: textOf(row.model_group) ?? '',
      }),
    },
  };
}

function tokensOf(row: Fields, metadata: Fields, reader: FieldReader): Tokens {
  const usage = fieldsOf(metadata.usage_object) ?? {};
  const details = fieldsOf(usage.prompt_tokens_details);
  const output = reader.count(row, 'completion_tokens');
  const reasoning = reader.count(fieldsOf(usage.completion_tokens_details), 'reasoning_tokens');
  const parts = {
    prompt: reader.count(row, 'prompt_tokens'),
    output,
    cacheRead: reader.count(usage, 'cache_read_input_tokens') || reader.count(details, 'cached_tokens'),
    cacheWrite: reader.count(usage, 'cache_creation_input_tokens'),
    total: reader.count(row, 'total_tokens'),
    isBeside: false,
  };
  return { ...splitPrompt(parts, reader), reasoning: Math.min(reasoning, output) };
}
