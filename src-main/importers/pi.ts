import type { LogEnvironment, LogImporter, LogLocation } from '../platform/importer.ts';
import { openPiLines, piHeader, piKeys, piNeedles } from './dialects/pi-session.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

const foreignFolder = /(?:^|[\\/])\.(?:openclaw|clawdbot|moltbot|moldbot)(?:[\\/]|$)/;

/** Session files of the Pi coding agent (2025 to 2026). A fork copies the entries it starts from. */
export const pi = {
  spec: 1,
  kind: 'log',
  id: 'pi',
  label: 'Pi',
  vendor: 'pi',
  vendorLabel: 'Pi',
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
    "Tokens are as the vendors reported them; costs are Pi's own estimates from list prices. Calls through a login, and those at a cost of zero, count as covered by a plan.",
  howToGet: 'Found by itself in ~/.pi/agent/sessions; or drop a session file (.jsonl).',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath) => (relativePath.endsWith('.jsonl') ? 'lines' : null),
  recognises(head) {
    const header = piHeader(head);
    return header !== null && !foreignFolder.test(header.cwd);
  },
  needles: piNeedles,
  openLines: openPiLines,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, named } = toolFolders(environment);
  const folders = named('PI_AGENT_DIR');
  if (folders.length > 0) return locationsOf('PI_AGENT_DIR', ...folders);
  return locationsOf('default', home('.pi', 'agent', 'sessions'));
}
