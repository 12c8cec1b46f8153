import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { noTokens } from '../platform/record.ts';
import {
  type Columns,
  openBucketKeys,
  openColumns,
  repeatedColumnWarnings,
  withoutBlanks,
} from './dialects/columns.ts';
import { openDates } from './dialects/dates.ts';
import { grainOfSpan } from './dialects/grain.ts';
import { openOddRows } from './dialects/odd-rows.ts';

/**
 * Billing metrics of Fireworks (`firectl billing export-metrics`), one row per usage event, without money: 11 columns
 * in 2025, cached and uncached prompt tokens from 2026. Deployments are counted in seconds of their accelerators.
 */
export const fireworksUsage = {
  spec: 1,
  kind: 'table',
  id: 'fireworks-usage',
  label: 'Fireworks billing metrics',
  vendor: 'fireworks',
  vendorLabel: 'Fireworks',
  evidence: 'recorded',
  coverage: 'account',
  usage: 'calls',
  accountKind: 'api',
  merge: 'first',
  keyScope: 'source',
  accuracy:
    'Tokens are exact; the cost is worked out from list prices. The seconds of dedicated deployments are listed, without a price. Files of 2025 do not tell cached tokens apart.',
  howToGet: 'firectl billing export-metrics, at most 31 days per call.',
  hosts: [],
  settings: [],
  matches: (columns) =>
    columns.has('accelerator_seconds') &&
    columns.has('base_model_name') &&
    columns.has('start_time') &&
    columns.has('prompt_tokens'),
  open: openMetrics,
} as const satisfies TableImporter;

function openMetrics(file: TableFile): TableReader {
  const columns = openColumns(file);
  const at = findColumns(columns.at);
  const dates = openDates('iso', 'UTC', file.now);
  const ends = openDates('iso', 'UTC', file.now + 40 * 86_400_000);
  const keyOf = openBucketKeys();
  const odd = openOddRows();

  function event(): RowOutcome {
    const start = columns.date(at.start, dates).at;
    const end = columns.text(at.end) === '' ? start : columns.date(at.end, ends).at;
    const { prompt, cached, output, isSplit } = countsOf(columns, at);
    if (cached > prompt) columns.refuse('cached_prompt_tokens exceeds prompt_tokens');
    if (isSplit && columns.count(at.uncached) + cached !== prompt)
      odd.note('cached and uncached tokens do not add up to prompt_tokens');
    const seconds = columns.quantity(at.seconds) ?? '';
    const isDeployment = /[1-9]/.test(seconds);
    if (prompt === 0 && output === 0 && !isDeployment)
      return { kind: 'skip', reason: 'an event without tokens' };
    if (isDeployment)
      odd.note('a dedicated deployment is billed by the second, at a price the file does not state');
    const model = columns.text(at.model) || columns.text(at.bucket);
    const dimensions = [at.email, at.type, at.accelerator, at.model, at.prompt, at.output].map(columns.text);
    return {
      kind: 'record',
      record: {
        key: keyOf([String(start), String(end), seconds, ...dimensions]),
        at: start,
        grain: grainOfSpan(start, end) ?? 'instant',
        provider: 'fireworks',
        // Rented by the second: at a price per token its cost would come out as nothing.
        model: isDeployment ? null : model || null,
        requests: isDeployment ? 0 : 1,
        tokens: { ...noTokens, input: prompt - cached, cacheRead: cached, output },
        extras: withoutBlanks({
          usageType: columns.text(at.type),
          deployedModel: isDeployment ? model : '',
          accelerator: columns.text(at.accelerator),
          acceleratorSeconds: isDeployment ? seconds : '',
        }),
      },
    };
  }

  return {
    row: (cells) => odd.settle(columns.read(cells, event)),
    end: () => [...repeatedColumnWarnings(columns), ...odd.warnings()],
  };
}

function findColumns(at: (...names: string[]) => number) {
  return {
    email: at('email'),
    start: at('start_time'),
    end: at('end_time'),
    type: at('usage_type'),
    accelerator: at('accelerator_type'),
    seconds: at('accelerator_seconds'),
    model: at('base_model_name'),
    bucket: at('model_bucket'),
    prompt: at('prompt_tokens'),
    output: at('completion_tokens'),
    cached: at('cached_prompt_tokens'),
    uncached: at('uncached_prompt_tokens'),
  };
}

/** Rows of 2025 leave the split blank, or state only zeros: then all of the prompt is taken as uncached. */
function countsOf(columns: Columns, at: ReturnType<typeof findColumns>) {
  return {
    prompt: columns.count(at.prompt),
    cached: columns.count(at.cached),
    output: columns.count(at.output),
    isSplit: columns.text(at.cached) !== '' && columns.text(at.uncached) !== '',
  };
}
