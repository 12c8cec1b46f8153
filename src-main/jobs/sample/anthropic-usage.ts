import type { SampleDay } from './calendar.ts';
import { csvOf } from './csv.ts';
import { randomOf } from './random.ts';

const header = [
  'usage_date_utc',
  'model_version',
  'api_key',
  'workspace',
  'usage_type',
  'context_window',
  'usage_input_tokens_no_cache',
  'usage_input_tokens_cache_write_5m',
  'usage_input_tokens_cache_write_1h',
  'usage_input_tokens_cache_read',
  'usage_output_tokens',
  'web_search_count',
  'inference_geo',
  'speed',
];

interface Use {
  readonly model: string;
  readonly workspace: string;
  readonly type: 'standard' | 'batch';
  /** Uncached input tokens of a usual working day. */
  readonly input: number;
  readonly daysOfHundred: number;
}

const uses: readonly Use[] = [
  {
    model: 'claude-haiku-4-5-20251001',
    workspace: 'inbox-triage',
    type: 'standard',
    input: 620_000,
    daysOfHundred: 100,
  },
  { model: 'claude-sonnet-5', workspace: 'blog-drafts', type: 'standard', input: 210_000, daysOfHundred: 75 },
  {
    model: 'claude-haiku-4-5-20251001',
    workspace: 'eval-runs',
    type: 'batch',
    input: 900_000,
    daysOfHundred: 30,
  },
];

/** The Anthropic Console's daily token export (2026 layout): tokens by day, model, workspace and kind of use, no money. */
export function anthropicUsageCsv(days: readonly SampleDay[]): string {
  return csvOf(
    header,
    days.flatMap((day) => uses.flatMap((use) => rowOf(day, use))),
  );
}

function rowOf(day: SampleDay, use: Use): readonly (readonly (string | number)[])[] {
  const random = randomOf(`anthropic-usage ${use.workspace} ${day.date}`);
  if (!random.chance(use.daysOfHundred)) return [];
  const scale = (percent: number): number => Math.round((use.input * day.busyPercent * percent) / 10_000);
  const row = [
    day.date,
    use.model,
    'sample-key',
    use.workspace,
    use.type,
    '≤ 200k',
    scale(random.between(60, 130)),
    scale(random.between(5, 20)),
    0,
    scale(random.between(40, 260)),
    scale(random.between(10, 24)),
    0,
    'global',
    'standard',
  ];
  return [row];
}
