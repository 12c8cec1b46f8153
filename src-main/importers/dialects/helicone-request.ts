import type { RowOutcome } from '../../platform/importer.ts';
import {
  amountOf,
  nestedFields,
  projectLabel,
  servedFromCache,
  splitPrompt,
  statedCost,
  utcMoment,
} from './gateway-call.ts';
import { gatewayProvider } from './gateway-provider.ts';
import { type FieldReader, type Fields, keyText, numberIn, openFields, textOf } from './json-fields.ts';

/** What is the same in the CSV and the JSONL of Helicone's requests page. */
export const heliconeFacts = {
  vendor: 'helicone',
  vendorLabel: 'Helicone',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'last',
  keyScope: 'global',
  keySpace: 'helicone requests',
  holdsPrompts: true,
  accuracy:
    "Costs are Helicone's own from its price list, not the vendor's bill. One export holds at most 500 requests; prompts and replies are not kept. Calls that stand in a tool's own log as well count twice: import one of the two.",
  hosts: [],
  settings: [],
} as const;

/**
 * Reads requests under any of the names they have had: `heliconeMetadata` since 2025, flat columns in 2023 and 2024,
 * the API's snake_case (Helicone/helicone packages/llm-mapper/types.ts).
 */
export function openHeliconeRequests(): (row: Fields) => RowOutcome {
  const reader = openFields();
  return (row) => reader.read(() => requestOf(row, reader));
}

function requestOf(row: Fields, reader: FieldReader): RowOutcome {
  const facts = openNames(row);
  const id = textOf(facts.of('requestId', 'request_id', 'id'));
  const createdAt = facts.of('createdAt', 'request_created_at', 'created_at');
  const model = textOf(facts.of('model', 'response_model', 'request_model')) ?? null;
  const provider = gatewayProvider(textOf(facts.of('provider')) ?? '', model);
  const tokens = tokensOf(facts, provider, reader);
  const cost = statedCost({ cost: facts.of('cost', 'costUSD', 'cost_usd') }, 'cost', reader);
  const status = statusOf(facts);
  const isIdle = tokens.input + tokens.cacheRead + tokens.cacheWriteUnknown + tokens.output === 0;
  if (isIdle && !/[1-9]/.test(cost ?? '')) return { kind: 'skip', reason: 'the call used and cost nothing' };
  return {
    kind: 'record',
    record: {
      key: id ?? [keyText(createdAt ?? ''), model, tokens.input, tokens.output, cost].join('|'),
      at: utcMoment(createdAt, reader),
      grain: 'instant',
      provider,
      model,
      project: projectLabel(nestedFields(facts.of('customProperties', 'request_properties')) ?? row),
      requests: 1,
      tokens,
      ...amountOf(cost, tokens),
      ...(status === 'error' && { status }),
      ...(status === 'cached' && servedFromCache),
    },
  };
}

interface Names {
  /** The first of these names that states anything, in the metadata before the row. */
  of(...names: readonly string[]): unknown;
}

function openNames(row: Fields): Names {
  const metadata = nestedFields(row.heliconeMetadata) ?? {};
  const lists = [metadata, row];
  return {
    of(...names) {
      for (const fields of lists)
        for (const name of names) {
          const value = fields[name];
          if (value !== undefined && value !== null && value !== '') return value;
        }
      return undefined;
    },
  };
}

function tokensOf(facts: Names, provider: string, reader: FieldReader) {
  const count = (...names: readonly string[]) => {
    const value = facts.of(...names);
    // Cells of a CSV are text.
    const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
    return reader.count({ [names[0] ?? '']: number }, names[0] ?? '');
  };
  const parts = {
    prompt: count('promptTokens', 'prompt_tokens'),
    output: count('completionTokens', 'completion_tokens'),
    cacheRead: count('promptCacheReadTokens', 'prompt_cache_read_tokens'),
    cacheWrite: count('promptCacheWriteTokens', 'prompt_cache_write_tokens'),
    total: count('totalTokens', 'total_tokens'),
  };
  return splitPrompt({ ...parts, isBeside: provider === 'anthropic' }, reader);
}

const noReference = /^[0-]*$/;

function statusOf(facts: Names): 'ok' | 'error' | 'cached' {
  const stated = facts.of('status', 'response_status');
  const status = nestedFields(stated);
  const word = textOf(status?.statusType) ?? textOf(stated) ?? '';
  const reference = textOf(facts.of('cacheReferenceId', 'cache_reference_id')) ?? '';
  if (word === 'cached' || !noReference.test(reference)) return 'cached';
  return word === 'error' || numberIn(status?.code ?? stated ?? 200) >= 400 ? 'error' : 'ok';
}
