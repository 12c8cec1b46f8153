import { anthropicUsageCsv } from './sample/anthropic-usage.ts';
import { sampleDays } from './sample/calendar.ts';
import { claudeCodeLog } from './sample/claude-code.ts';
import { codexRollouts } from './sample/codex.ts';
import { openaiCostCsv } from './sample/openai-cost.ts';
import { openrouterCsv } from './sample/openrouter.ts';

/** One made-up file in a real format, ready for the import pipeline. */
export interface SampleFile {
  readonly fileName: string;
  /** Importer id. */
  readonly format: string;
  readonly content: string;
}

/**
 * Made-up files of a made-up person: five whole weeks and the running one, ending yesterday (UTC). Pure and
 * repeatable: what a date holds is the same whenever it is rendered. One model in them has no known price.
 */
export function renderSampleData(nowMs: number): readonly SampleFile[] {
  const days = sampleDays(nowMs);
  const first = days[0].date;
  const last = days[days.length - 1]?.date ?? first;
  return [
    {
      fileName: `sample-openai-cost_${first}_${last}.csv`,
      format: 'openai-cost',
      content: openaiCostCsv(days),
    },
    {
      fileName: `sample-claude_api_tokens_${first}_${last}.csv`,
      format: 'anthropic-usage',
      content: anthropicUsageCsv(days),
    },
    {
      fileName: `sample-openrouter_activity_${last}.csv`,
      format: 'openrouter-activity',
      content: openrouterCsv(days),
    },
    { fileName: 'sample-claude-code.jsonl', format: 'claude-code', content: claudeCodeLog(days) },
    ...codexRollouts(days).map((file) => ({ ...file, format: 'codex' })),
  ];
}
