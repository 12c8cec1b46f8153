import { isoAt, type SampleDay } from './calendar.ts';
import { csvOf, decimalOf } from './csv.ts';
import { type Random, randomOf } from './random.ts';

const header = [
  'generation_id',
  'created_at',
  'cost_total',
  'cost_web_search',
  'cost_cache',
  'cost_file_processing',
  'byok_usage_inference',
  'tokens_prompt',
  'tokens_completion',
  'tokens_reasoning',
  'tokens_cached',
  'model_permaslug',
  'provider_name',
  'variant',
  'cancelled',
  'streamed',
  'user',
  'finish_reason_raw',
  'finish_reason_normalized',
  'generation_time_ms',
  'time_to_first_token_ms',
  'app_name',
  'api_key_name',
  'api_key_disabled',
];

/** List prices in nano-USD per token. */
const models = [
  { slug: 'google/gemini-3-flash-preview', provider: 'Google', input: 500, output: 3000 },
  { slug: 'deepseek/deepseek-v3.2', provider: 'DeepSeek', input: 229, output: 343 },
] as const;

const zero = '0.000000';

/** OpenRouter's activity export: one row per call, newest first, cost as charged. */
export function openrouterCsv(days: readonly SampleDay[]): string {
  const rows = days.flatMap(rowsOfDay).sort((a, b) => b.at - a.at);
  return csvOf(
    header,
    rows.map((row) => row.cells),
  );
}

interface Row {
  readonly at: number;
  readonly cells: readonly (string | number)[];
}

function rowsOfDay(day: SampleDay): readonly Row[] {
  const random = randomOf(`openrouter ${day.date}`);
  const calls = Math.round((day.busyPercent * random.between(4, 11)) / 100);
  return Array.from({ length: calls }, () => rowOf(day, random));
}

function rowOf(day: SampleDay, random: Random): Row {
  const model = random.pick(models);
  const at = day.startMs + random.between(9, 22) * 3_600_000 + random.between(0, 3_599_999);
  const prompt = random.between(4_000, 90_000);
  const completion = random.between(200, 9_000);
  const reasoning = Math.floor((completion * random.between(0, 60)) / 100);
  const microUsd = Math.round((prompt * model.input + completion * model.output) / 1000);
  const cells = [
    `gen-${Math.floor(at / 1000)}-sample${random.hex(8)}`,
    isoAt(at).replace('T', ' ').replace('Z', ''),
    decimalOf(microUsd, 6),
    zero,
    zero,
    zero,
    zero,
    prompt,
    completion,
    reasoning,
    0,
    model.slug,
    model.provider,
    'standard',
    'false',
    'true',
    '',
    'stop',
    'stop',
    random.between(900, 24_000),
    random.between(200, 900),
    random.pick(['cli-tools', 'thesis-rag']),
    'sample-key',
    'false',
  ];
  return { at, cells };
}
