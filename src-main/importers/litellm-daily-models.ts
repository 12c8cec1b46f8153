import type { RefusedExport } from '../platform/importer.ts';

/**
 * LiteLLM's daily export with models states the whole spend of a team (tag, user …) in each of its model rows: its sum
 * is too high by as many times as there are models (BerriAI/litellm#32581, open in July 2026).
 */
export const litellmDailyModels = {
  id: 'litellm-daily-models',
  label: 'LiteLLM daily export with models',
  reason:
    'LiteLLM writes the whole spend of a team into every one of its model rows, so that its sum is too high many times over. Import the daily export without models instead, or the spend logs, which have models.',
  matches: (columns) =>
    columns.has('spend ($)') && columns.has('model') && columns.has('successful') && columns.has('failed'),
  recognises: () => false,
} as const satisfies RefusedExport;
