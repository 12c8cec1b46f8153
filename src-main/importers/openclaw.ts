import type { LogEnvironment, LogImporter, LogLocation } from '../platform/importer.ts';
import { openPiLines, piHeader, piKeys, piNeedles } from './dialects/pi-session.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

const folders = ['.openclaw', '.clawdbot', '.moltbot', '.moldbot'] as const;
const ownFolder = /(?:^|[\\/])\.(?:openclaw|clawdbot|moltbot|moldbot)(?:[\\/]|$)/;

/**
 * Session files of OpenClaw and of the names it had before (until 2026.8, when it moved to a database). A file that is
 * deleted or started over in the tool is renamed and stays.
 */
export const openclaw = {
  spec: 1,
  kind: 'log',
  id: 'openclaw',
  label: 'OpenClaw',
  vendor: 'openclaw',
  vendorLabel: 'OpenClaw',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'first',
  keyScope: 'global',
  keySpace: piKeys,
  holdsPrompts: true,
  accuracy:
    "Tokens are as the vendors reported them; costs are OpenClaw's own estimates from its price table. A cost of zero, as under a subscription, counts as covered by a plan. Versions from 2026.8 on keep their sessions in a database, which is not read.",
  howToGet: 'Found by itself in ~/.openclaw/agents; or drop a session file (.jsonl).',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath) =>
    /^(?:(?:.*\/)?sessions\/)?[^/]+\.jsonl(?:\.(?:deleted|reset)\.[^/]*)?$/.test(relativePath)
      ? 'lines'
      : null,
  recognises: (head) => ownFolder.test(piHeader(head)?.cwd ?? ''),
  needles: piNeedles,
  openLines: openPiLines,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, join, named } = toolFolders(environment);
  const roots = named('OPENCLAW_DIR');
  if (roots.length > 0) return locationsOf('OPENCLAW_DIR', ...roots.map((root) => join(root, 'agents')));
  return locationsOf('default', ...folders.map((folder) => home(folder, 'agents')));
}
