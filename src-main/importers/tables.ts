import type { TableImporter } from '../platform/importer.ts';
import { anthropicCost } from './anthropic-cost.ts';
import { anthropicUsage } from './anthropic-usage.ts';
import { awsCur } from './aws-cur.ts';
import { azureCost } from './azure-cost.ts';
import { focus } from './focus.ts';
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
  heliconeRequests,
  langfuseObservations,
  litellmDaily,
] as const satisfies readonly TableImporter[];
