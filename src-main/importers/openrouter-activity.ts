import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { openColumns, repeatedColumnWarnings, withoutBlanks } from './dialects/columns.ts';
import { openDates } from './dialects/dates.ts';

/**
 * Activity export of OpenRouter, one row per generation, as seen from December 2025 to September 2026.
 * `cost_total` already holds the cost of cache, web search and files. Cached tokens are part of the prompt,
 * reasoning part of the completion.
 */
export const openrouterActivity = {
  spec: 1,
  kind: 'table',
  id: 'openrouter-activity',
  label: 'OpenRouter activity export',
  vendor: 'openrouter',
  vendorLabel: 'OpenRouter',
  evidence: 'billed',
  coverage: 'account',
  usage: 'calls',
  accountKind: 'api',
  merge: 'last',
  keyScope: 'global',
  accuracy: 'What OpenRouter charged for each call. With your own provider key it is the fee alone.',
  howToGet: 'openrouter.ai > Activity > Export > CSV.',
  hosts: [],
  settings: [],
  matches: (columns) =>
    columns.has('generation_id') && columns.has('cost_total') && columns.has('model_permaslug'),
  open: openActivity,
} as const satisfies TableImporter;

function openActivity(file: TableFile): TableReader {
  const columns = openColumns(file);
  const at = findColumns(columns.at);
  const dates = openDates('iso', 'UTC', file.now);
  let oddReasoning = 0;

  function generation(): RowOutcome {
    const id = columns.text(at.id);
    if (id === '') return { kind: 'refuse', reason: 'the row has no generation_id' };
    const value = columns.money(at.cost);
    if (value === null)
      return { kind: 'refuse', reason: `cost_total "${columns.text(at.cost)}" is no amount` };
    const created = columns.date(at.created, dates);
    if (created.precision !== 'time') columns.refuse('created_at states no time');
    return {
      kind: 'record',
      record: {
        key: id,
        vendorCallId: id,
        at: created.at,
        grain: 'instant',
        provider: 'openrouter',
        model: modelOf(columns.text(at.model), columns.text(at.variant)),
        project: columns.text(at.app) || null,
        requests: 1,
        tokens: tokens(),
        amount: { value, currency: 'USD' },
        ...statusOf(columns.text(at.cancelled), columns.text(at.finish)),
        extras: extras(),
      },
    };
  }

  function tokens() {
    const prompt = columns.count(at.prompt);
    const cacheRead = columns.count(at.cached);
    const output = columns.count(at.completion);
    const reasoning = columns.count(at.reasoning);
    if (cacheRead > prompt) columns.refuse('tokens_cached exceeds tokens_prompt');
    if (reasoning > output) oddReasoning++;
    // Written out: copying noTokens shows in files of a million rows.
    return {
      input: prompt - cacheRead,
      cacheRead,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      cacheWriteUnknown: 0,
      output,
      reasoning: Math.min(reasoning, output),
    };
  }

  /** What your own key's provider charges is paid elsewhere; it is kept beside the cost, never added. */
  function extras() {
    const upstream = columns.quantity(at.upstream) ?? '';
    const variant = columns.text(at.variant);
    return withoutBlanks({
      servedBy: columns.text(at.servedBy),
      apiKey: columns.text(at.apiKey),
      variant: variant === 'standard' ? '' : variant,
      byokUpstreamUsd: /[1-9]/.test(upstream) ? upstream : '',
    });
  }

  return {
    row: (cells) => columns.read(cells, generation),
    end: () => [
      ...repeatedColumnWarnings(columns),
      ...(oddReasoning > 0 ? [`In ${oddReasoning} rows tokens_reasoning exceeds tokens_completion.`] : []),
    ],
  };
}

function findColumns(at: (...names: string[]) => number) {
  return {
    id: at('generation_id'),
    created: at('created_at'),
    cost: at('cost_total'),
    upstream: at('byok_usage_inference'),
    prompt: at('tokens_prompt'),
    completion: at('tokens_completion'),
    reasoning: at('tokens_reasoning'),
    cached: at('tokens_cached'),
    model: at('model_permaslug'),
    servedBy: at('provider_name'),
    variant: at('variant'),
    cancelled: at('cancelled'),
    finish: at('finish_reason_normalized'),
    app: at('app_name'),
    apiKey: at('api_key_name'),
  };
}

/** A free variant is another product than the paid model: its price list name ends in `:free`. */
function modelOf(slug: string, variant: string): string | null {
  if (slug === '') return null;
  return variant === 'free' && !slug.endsWith(':free') ? `${slug}:free` : slug;
}

function statusOf(cancelled: string, finish: string): { status?: string } {
  if (cancelled.toLowerCase() === 'true') return { status: 'cancelled' };
  return finish === 'error' ? { status: 'error' } : {};
}
