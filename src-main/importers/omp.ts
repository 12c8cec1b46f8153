import type { LogImporter } from '../platform/importer.ts';
import { openPiLines, piKeys, piNeedles } from './dialects/pi-session.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/**
 * Session files of OMP, a fork of Pi that writes the same lines: nothing in a file tells the two apart, so only the
 * folder does. Child tasks stand in a folder named like their parent's file.
 */
export const omp = {
  spec: 1,
  kind: 'log',
  id: 'omp',
  label: 'OMP',
  vendor: 'omp',
  vendorLabel: 'OMP',
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
    "Tokens are as the vendors reported them; costs are OMP's own estimates from list prices. Calls through a login, and those at a cost of zero, count as covered by a plan.",
  howToGet: 'Found by itself in ~/.omp/agent/sessions. A single file that is dropped is read as one of Pi.',
  hosts: [],
  settings: [],
  locations: (environment) =>
    locationsOf('default', toolFolders(environment).home('.omp', 'agent', 'sessions')),
  fileKind: (relativePath) => (relativePath.endsWith('.jsonl') ? 'lines' : null),
  recognises: () => false,
  needles: piNeedles,
  openLines: openPiLines,
} as const satisfies LogImporter;
