import { join } from 'node:path';
import { type PeerPackage, peersDir, peerVersions } from './install.ts';
import type { PeerCell, PeerTotals } from './totals.ts';

export type LogTool = 'claude-code' | 'codex';

/** A tool that reads the same logs: how it is asked for its totals, and what it answers. */
export interface LogPeer {
  readonly package: PeerPackage;
  readonly label: string;
  /** What it does of the work that LLMLab does, in a few words. */
  readonly does: string;
  /** Arguments of Node. */
  command(tool: LogTool): readonly string[];
  totals(tool: LogTool, output: string): readonly PeerTotals[];
}

const bin = (...parts: string[]): string => join(peersDir, 'node_modules', ...parts);

/** Names as the truth has them: what a peer adds to a raw id, or makes pretty, is taken off again. */
const canonicalNames: Readonly<Record<string, string>> = {
  'claude-haiku-4-5-20251001': 'claude-haiku-4-5',
  'Opus 4.8': 'claude-opus-4-8',
  'Sonnet 5': 'claude-sonnet-5',
  'Haiku 4.5': 'claude-haiku-4-5',
  'GPT-5.4': 'gpt-5.4',
  'GPT-5.4 Mini': 'gpt-5.4-mini',
  'GPT-5.6 Sol': 'gpt-5.6-sol',
};
const canonical = (name: string): string => canonicalNames[name] ?? name;

interface CcusageModel {
  readonly modelName?: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheCreationTokens: number;
}
interface CcusageDay {
  readonly date: string;
  readonly modelBreakdowns?: readonly CcusageModel[];
  readonly models?: Readonly<Record<string, CcusageModel>>;
}

const ccusage: LogPeer = {
  package: 'ccusage',
  label: `ccusage ${peerVersions.ccusage}`,
  does: 'native; prices, stores nothing',
  command: (tool) => [
    bin('ccusage', 'src', 'cli.js'),
    tool === 'codex' ? 'codex' : 'claude',
    ...['daily', '--json', '--offline', '--timezone', 'UTC'],
  ],
  totals(_, output) {
    const { daily } = JSON.parse(output) as { daily: readonly CcusageDay[] };
    const cells: Record<string, PeerCell> = {};
    for (const { date, modelBreakdowns, models } of daily) {
      const all =
        modelBreakdowns ??
        Object.entries(models ?? {}).map(([modelName, model]) => ({ ...model, modelName }));
      for (const model of all)
        cells[`${date} ${canonical(model.modelName ?? '')}`] = {
          input: model.inputTokens,
          cacheRead: model.cacheReadTokens,
          cacheWrite: model.cacheCreationTokens,
          output: model.outputTokens,
        };
    }
    return [{ by: 'day and model', cells }];
  },
};

interface CodeburnReport {
  readonly daily: readonly { readonly date: string; readonly calls: number }[];
  readonly models: readonly {
    readonly name: string;
    readonly calls: number;
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly cacheReadTokens: number;
    readonly cacheWriteTokens: number;
  }[];
}

const codeburn: LogPeer = {
  package: 'codeburn',
  label: `codeburn ${peerVersions.codeburn}`,
  does: 'Node; prices, keeps a cache of sessions',
  command: (tool) => [
    bin('codeburn', 'dist', 'cli.js'),
    ...['report', '--format', 'json', '--timezone', 'UTC', '--from', '2026-01-01', '--to', '2026-12-31'],
    ...['--provider', tool === 'codex' ? 'codex' : 'claude'],
  ],
  totals(_, output) {
    const { daily, models } = JSON.parse(output) as CodeburnReport;
    return [
      {
        by: 'model',
        cells: Object.fromEntries(
          models.map((model) => [
            canonical(model.name),
            {
              requests: model.calls,
              input: model.inputTokens,
              cacheRead: model.cacheReadTokens,
              cacheWrite: model.cacheWriteTokens,
              output: model.outputTokens,
            },
          ]),
        ),
      },
      { by: 'day', cells: Object.fromEntries(daily.map(({ date, calls }) => [date, { requests: calls }])) },
    ];
  },
};

/** Its command line needs Bun and prices from the network; the native reader below it is what does the work. */
const tokscale: LogPeer = {
  package: '@tokscale/core',
  label: `tokscale ${peerVersions['@tokscale/core']}`,
  does: 'native reader alone; no prices, stores nothing',
  command: (tool) => [
    join(import.meta.dirname, 'tokscale.ts'),
    bin('@tokscale', 'core'),
    tool === 'codex' ? 'codex' : 'claude',
  ],
  totals(_, output) {
    const cells: Record<string, PeerCell> = {};
    for (const [key, cell] of Object.entries(JSON.parse(output) as Record<string, PeerCell>))
      cells[`${key.slice(0, 10)} ${canonical(key.slice(11))}`] = cell;
    return [{ by: 'day and model', cells }];
  },
};

export const logPeers: readonly LogPeer[] = [ccusage, codeburn, tokscale];
