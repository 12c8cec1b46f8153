import type { LogEnvironment, LogImporter, LogLocation } from '../platform/importer.ts';
import { codexFields, openCodexLines } from './dialects/codex-events.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/**
 * Rollout files of the Codex CLI, IDE extension and desktop app, September 2025 to version 0.145 (July 2026), and
 * what `codex exec --json` prints. Counters are running totals of a session; each rise is one record.
 */
export const codex = {
  spec: 1,
  kind: 'log',
  id: 'codex',
  label: 'Codex',
  vendor: 'openai',
  vendorLabel: 'OpenAI',
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'plan',
  merge: 'last',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    'Tokens are exact where the log has counters (from September 2025 on). The log does not tell priority from standard service.',
  howToGet: 'Found by itself in ~/.codex/sessions; or drop a rollout file (.jsonl or .jsonl.zst).',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath) => (/(?:^|\/)rollout-[^/]*\.jsonl(?:\.zst)?$/.test(relativePath) ? 'lines' : null),
  recognises: (head) =>
    /"type":\s*"session_meta"/.test(head) ||
    (/"type":\s*"thread\.started"/.test(head) && head.includes('"thread_id"')),
  // At most seven bytes each and a rare first one: searching them is three times as fast as whole names.
  needles: ['_meta"', '_contex', '_count"', '_starte', '.starte', '.comple'],
  fields: codexFields,
  openLines: openCodexLines,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, join, named } = toolFolders(environment);
  const roots = named('CODEX_HOME');
  const [why, homes] =
    roots.length > 0 ? (['CODEX_HOME', roots] as const) : (['default', [home('.codex')]] as const);
  return homes.flatMap((root) => locationsOf(why, join(root, 'sessions'), join(root, 'archived_sessions')));
}
