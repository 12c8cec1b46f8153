import type { RefusedExport } from '../platform/importer.ts';
import { firstKeys } from './dialects/first-keys.ts';

/**
 * Traces export of Langfuse: the sums of each trace's observations, which name no model. Counting both exports would
 * count everything twice (langfuse/langfuse worker/src/features/database-read-stream/trace-stream.ts, 2026).
 */
export const langfuseTraces = {
  id: 'langfuse-traces',
  label: 'Langfuse traces export',
  reason:
    'A trace repeats the cost of the calls inside it and names no model. Export Observations instead of Traces, which holds the same calls one by one, and import that.',
  matches: (columns) => own.every((name) => columns.has(name.toLowerCase())),
  recognises: (head) => own.every((name) => firstKeys(head).has(name)),
} as const satisfies RefusedExport;

const own = ['sessionId', 'release', 'bookmarked', 'public'];
