/** Made-up files of one OpenAI account: a cost export and a usage export, day by day. */

const usageColumns = [
  ...[
    'start_time',
    'end_time',
    'start_time_iso',
    'end_time_iso',
    'project_id',
    'num_model_requests',
    'user_id',
  ],
  ...['api_key_id', 'model', 'batch', 'service_tier', 'input_tokens', 'output_tokens', 'input_cached_tokens'],
  ...['input_uncached_tokens', 'input_text_tokens', 'output_text_tokens', 'input_cached_text_tokens'],
  ...['input_audio_tokens', 'input_cached_audio_tokens', 'output_audio_tokens', 'input_image_tokens'],
  ...['input_cached_image_tokens', 'output_image_tokens'],
];
const costColumns =
  'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id,organization_id,organization_name';

const seconds = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000;
const daySeconds = 86_400;

export interface BilledLine {
  readonly day: string;
  readonly usd: string;
  readonly item?: string;
  readonly currency?: string;
}

/** A cost export as OpenAI's page saves it. */
export function openaiBill(lines: readonly BilledLine[]): string {
  const rows = lines.map(({ day, usd, item = 'gpt-5-mini-2025-08-07, input', currency = 'usd' }) => {
    const start = seconds(day);
    return `${start},${start + daySeconds},${day}T00:00:00+00:00,,${usd},${currency},"${item}",,org,Org`;
  });
  return `${[costColumns, ...rows].join('\n')}\n`;
}

export interface UsedTokens {
  readonly day: string;
  readonly input: number;
  readonly output?: number;
  readonly model?: string;
}

/** A usage export as OpenAI's page saves it. */
export function openaiUsage(days: readonly UsedTokens[]): string {
  const rows = days.map(({ day, input, output = 0, model = 'gpt-5-mini-2025-08-07' }) => {
    const start = seconds(day);
    const cells: Readonly<Record<string, string | number>> = {
      start_time: start,
      end_time: start + daySeconds,
      start_time_iso: `${day}T00:00:00+00:00`,
      num_model_requests: 3,
      model,
      input_tokens: input,
      output_tokens: output,
      input_cached_tokens: 0,
      input_uncached_tokens: input,
    };
    return usageColumns.map((name) => cells[name] ?? '').join(',');
  });
  return `${[usageColumns.join(','), ...rows].join('\n')}\n`;
}

/** Dates of a month from one day to another, `2026-07-01` … */
export function datesOf(month: string, from: number, to: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => `${month}-${String(from + i).padStart(2, '0')}`);
}
