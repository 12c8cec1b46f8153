import type { TableImporter } from '../platform/importer.ts';
import { anthropicCost } from './anthropic-cost.ts';
import { anthropicUsage } from './anthropic-usage.ts';
import { awsCur } from './aws-cur.ts';
import { azureCost } from './azure-cost.ts';
import { coderSpend } from './coder-spend.ts';
import { copilotAnalytics } from './copilot-analytics.ts';
import { copilotBilling } from './copilot-billing.ts';
import { cursorUsage } from './cursor-usage.ts';
import { deepseekCost } from './deepseek-cost.ts';
import { deepseekUsage } from './deepseek-usage.ts';
import { fireworksCost } from './fireworks-cost.ts';
import { fireworksUsage } from './fireworks-usage.ts';
import { focus } from './focus.ts';
import { googleCostTable } from './google-cost-table.ts';
import { googleReports } from './google-reports.ts';
import { heliconeRequests } from './helicone-requests.ts';
import { langfuseObservations } from './langfuse-observations.ts';
import { litellmDaily } from './litellm-daily.ts';
import { openaiCost } from './openai-cost.ts';
import { openaiLegacyActivity } from './openai-legacy-activity.ts';
import { openaiUsage } from './openai-usage.ts';
import { openrouterActivity } from './openrouter-activity.ts';

/** Every format of delimited text that is recognised by its header. */
export const tableImporters = [
  openaiCost,
  openaiUsage,
  openaiLegacyActivity,
  anthropicCost,
  anthropicUsage,
  openrouterActivity,
  focus,
  awsCur,
  azureCost,
  googleCostTable,
  googleReports,
  cursorUsage,
  copilotBilling,
  copilotAnalytics,
  deepseekCost,
  deepseekUsage,
  fireworksCost,
  fireworksUsage,
  heliconeRequests,
  langfuseObservations,
  litellmDaily,
  coderSpend,
] as const satisfies readonly TableImporter[];
