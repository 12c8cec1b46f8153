import { dayMs, isoAt, type SampleDay } from './calendar.ts';
import { csvOf, decimalOf } from './csv.ts';
import { type Random, randomOf } from './random.ts';

const header = [
  'start_time',
  'end_time',
  'start_time_iso',
  'end_time_iso',
  'amount_value',
  'amount_currency',
  'quantity',
  'quantity_unit',
  'line_item',
  'user_id',
  'api_key_id',
  'project_id',
  'organization_id',
  'project_name',
  'organization_name',
  'user_email',
  'api_source',
];

interface Line {
  readonly item: string;
  /** List price: nano-USD per token (USD per million tokens x 1000). */
  readonly nanoUsdPerToken: number;
  readonly tokens: number;
}

/** OpenAI's cost export grouped by line item and project: one row per day, project and kind of token. */
export function openaiCostCsv(days: readonly SampleDay[]): string {
  return csvOf(header, days.flatMap(rowsOfDay));
}

function rowsOfDay(day: SampleDay): readonly (readonly (string | number)[])[] {
  const random = randomOf(`openai-cost ${day.date}`);
  const rag = projectRows(day, 'thesis-rag', ragLines(day, random));
  const evals = random.chance(60) ? projectRows(day, 'eval-runs', evalLines(day, random)) : [];
  return [...rag, ...evals];
}

function ragLines(day: SampleDay, random: Random): readonly Line[] {
  return [
    {
      item: 'gpt-5.4-mini-2026-03-17, input',
      nanoUsdPerToken: 750,
      tokens: scaled(day, random, 500_000, 1_300_000),
    },
    {
      item: 'gpt-5.4-mini-2026-03-17, cached input',
      nanoUsdPerToken: 75,
      tokens: scaled(day, random, 200_000, 2_000_000),
    },
    {
      item: 'gpt-5.4-mini-2026-03-17, output',
      nanoUsdPerToken: 4500,
      tokens: scaled(day, random, 60_000, 210_000),
    },
    {
      item: 'text-embedding-3-small, input',
      nanoUsdPerToken: 20,
      tokens: scaled(day, random, 100_000, 4_000_000),
    },
  ];
}

function evalLines(day: SampleDay, random: Random): readonly Line[] {
  return [
    {
      item: 'gpt-5.4-mini-2026-03-17, input',
      nanoUsdPerToken: 750,
      tokens: scaled(day, random, 90_000, 600_000),
    },
    {
      item: 'gpt-5.4-mini-2026-03-17, output',
      nanoUsdPerToken: 4500,
      tokens: scaled(day, random, 40_000, 160_000),
    },
  ];
}

function scaled(day: SampleDay, random: Random, low: number, high: number): number {
  return Math.round((random.between(low, high) * day.busyPercent) / 100);
}

function projectRows(
  day: SampleDay,
  project: string,
  lines: readonly Line[],
): readonly (readonly (string | number)[])[] {
  const end = day.startMs + dayMs;
  return lines.map((line) => [
    day.startMs / 1000,
    end / 1000,
    stamp(day.startMs),
    stamp(end),
    decimalOf(line.tokens * line.nanoUsdPerToken, 9),
    'usd',
    line.tokens,
    'tokens',
    line.item,
    'user-Sample',
    'key_Sample',
    `proj_${project}`,
    'org-Sample',
    project,
    'Sample data (made up)',
    'sample@example.com',
    'api',
  ]);
}

function stamp(ms: number): string {
  return isoAt(ms).replace('.000Z', '+00:00');
}
