import type { RefusedExport } from '../platform/importer.ts';
import { langfuseTraces } from './langfuse-traces.ts';
import { litellmDailyModels } from './litellm-daily-models.ts';

/** Exports that are known and must not be counted: one row each. */
export const refusedExports = [
  litellmDailyModels,
  langfuseTraces,
] as const satisfies readonly RefusedExport[];
