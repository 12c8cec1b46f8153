import type { RowOutcome } from '../../platform/importer.ts';
import { noTokens, type Tokens } from '../../platform/record.ts';
import { withoutBlanks } from './columns.ts';
import { amountOf, nestedFields, statedCost, utcMoment } from './gateway-call.ts';
import { gatewayProvider } from './gateway-provider.ts';
import { type FieldReader, type Fields, openFields, textOf } from './json-fields.ts';

/** What is the same in the CSV and the JSON of Langfuse's observations export. */
export const langfuseFacts = {
  vendor: 'langfuse',
  vendorLabel: 'Langfuse',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'last',
  keyScope: 'global',
  keySpace: 'langfuse observations',
  holdsPrompts: true,
  accuracy:
    "Costs are Langfuse's own or your code's, not the vendor's bill. The export does not name who served a call: that is taken from its metadata, else from the model's name. Prompts and replies are not kept. Calls that stand in a tool's own log as well count twice: import one of the two.",
  hosts: [],
  settings: [],
} as const;

/**
 * Reads observations (langfuse/langfuse worker/src/features/database-read-stream/observation-stream.ts, August 2026).
 * Only those with a model are calls: spans and traces repeat the sums of the calls inside them.
 */
export function openObservations(): (row: Fields) => RowOutcome {
  const reader = openFields();
  return (row) => reader.read(() => observationOf(row, reader));
}

const notCall: RowOutcome = { kind: 'skip', reason: 'no call: the observation has no model' };

function observationOf(row: Fields, reader: FieldReader): RowOutcome {
  const model = textOf(row.model);
  if (model === undefined) return notCall;
  const id = textOf(row.id);
  if (id === undefined) return { kind: 'refuse', reason: 'the observation has no id' };
  const tokens = usageOf(nestedFields(row.usageDetails), row, reader);
  const total = nestedFields(row.costDetails)?.total;
  const cost = statedCost(row, 'totalCost', reader) ?? statedCost({ totalCost: total }, 'totalCost', reader);
  const isIdle = Object.values(tokens).every((count) => count === 0);
  if (isIdle && !/[1-9]/.test(cost ?? '')) return { kind: 'skip', reason: 'the call used and cost nothing' };
  return {
    kind: 'record',
    record: {
      key: id,
      at: utcMoment(row.startTime, reader),
      grain: 'instant',
      provider: providerOf(row, model),
      model,
      project: textOf(row.traceName) ?? null,
      session: textOf(row.sessionId) ?? textOf(row.traceId) ?? null,
      requests: 1,
      tokens,
      ...amountOf(cost, tokens),
      ...(row.level === 'ERROR' && { status: 'error' }),
      extras: withoutBlanks({
        type: textOf(row.type) ?? '',
        environment: textOf(row.environment) ?? '',
        promptName: textOf(row.promptName) ?? '',
      }),
    },
  };
}

/** LangChain and OpenTelemetry write who served the call into its metadata. */
function providerOf(row: Fields, model: string): string {
  const metadata = nestedFields(row.metadata) ?? {};
  const attributes = nestedFields(metadata.attributes) ?? {};
  const names = ['ls_provider', 'gen_ai.provider.name', 'gen_ai.system'];
  const named = names.map((name) => textOf(metadata[name]) ?? textOf(attributes[name])).find(Boolean) ?? '';
  return gatewayProvider(named, model);
}

type Part =
  | 'input'
  | 'cacheRead'
  | 'cacheWrite5m'
  | 'cacheWrite1h'
  | 'cacheWriteUnknown'
  | 'output'
  | 'reasoning';

/** Keys are free; Langfuse itself takes `input` and `output` anywhere in them for what they are. */
function partOf(key: string): Part | null {
  const name = key.toLowerCase();
  if (name === 'total') return null;
  if (/cach/.test(name) && /creat|writ/.test(name))
    return /1h/.test(name) ? 'cacheWrite1h' : /5m/.test(name) ? 'cacheWrite5m' : 'cacheWriteUnknown';
  if (/cach/.test(name)) return 'cacheRead';
  if (/reason|think/.test(name)) return 'reasoning';
  if (/output|completion/.test(name)) return 'output';
  return /input|prompt/.test(name) ? 'input' : null;
}

function usageOf(usage: Fields | undefined, row: Fields, reader: FieldReader): Tokens {
  const details = usage !== undefined && Object.keys(usage).length > 0 ? usage : oldUsage(row);
  const sums: Record<Part, number> = { ...noTokens };
  for (const key of Object.keys(details)) {
    const part = partOf(key);
    if (part !== null) sums[part] += reader.count(details, key);
  }
  const total = reader.count(details, 'total');
  const cached = sums.cacheRead + sums.cacheWrite5m + sums.cacheWrite1h + sums.cacheWriteUnknown;
  const holds = whatTotalHolds(sums.input + sums.output, cached, sums.reasoning, total);
  const input = holds.cached ? sums.input : sums.input - cached;
  const output = holds.reasoning ? sums.output + sums.reasoning : sums.output;
  if (input < 0) reader.refuse('more cached tokens than input tokens');
  if (sums.reasoning > output) reader.refuse('more reasoning tokens than output tokens');
  return { ...sums, input: Math.max(0, input), output };
}

/** Sums of files without details: cells of a CSV, so numbers may be text. */
function oldUsage(row: Fields): Fields {
  const count = (value: unknown) =>
    typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value === '' ? null : value;
  return { input: count(row.inputUsage), output: count(row.outputUsage) };
}

/** Parts stand beside each other unless the total shows that cached or reasoning tokens are inside the others. */
function whatTotalHolds(sum: number, cached: number, reasoning: number, total: number) {
  const choices = [
    { cached: true, reasoning: true, sum: sum + cached + reasoning },
    { cached: true, reasoning: false, sum: sum + cached },
    { cached: false, reasoning: true, sum: sum + reasoning },
    { cached: false, reasoning: false, sum },
  ] as const;
  return (total > 0 ? choices.find((choice) => choice.sum === total) : undefined) ?? choices[0];
}
