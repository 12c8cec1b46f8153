import type { FoundTool } from '../../src-preload/contract/scan.ts';
import { findTools } from '../jobs/find-tools.ts';
import { findUnusable } from '../jobs/find-unusable.ts';
import { listBackups } from '../store/backup.ts';
import type { ReadDb } from '../store/database.ts';
import { quickCheck } from '../store/open.ts';
import { countUnevenSums } from '../store/rollup-check.ts';
import type { HandlerContext, Handlers, Namespace } from './context.ts';
import { followingOf } from './following.ts';

function find(context: HandlerContext): FoundTool[] {
  const { logFolders } = context.settings.read();
  return findTools(context.db(), context.ports.environment, logFolders).map(({ trouble, ...tool }) => ({
    ...tool,
    following: followingOf(context, tool.tool, { at: tool.lastReadAt, error: trouble }),
  }));
}

function recordsOf(db: ReadDb, tool: string): number {
  return db
    .prepare(
      'SELECT coalesce(sum(records), 0) FROM rollup_source WHERE source_id IN (SELECT id FROM sources WHERE importer = ?)',
    )
    .pluck()
    .get(tool) as number;
}

/** Why a tool reads what it reads, in one sentence. */
function verdict(tool: FoundTool, records: number): string {
  if (tool.following.error !== null) return tool.following.error;
  if (tool.folders.length === 0)
    return 'It has no usual place. Import its files, or add the folder that holds them in Sources.';
  if (!tool.folders.some((folder) => folder.found))
    return 'None of its folders exist here. If it keeps its logs elsewhere, add that folder in Sources.';
  if (tool.files === 0)
    return 'Its folder exists but holds no log with usage. The tool may not have been used yet, or it deleted its old logs.';
  if (tool.lastReadAt === null && tool.unreadBytes > 0)
    return `${tool.files} ${tool.files === 1 ? 'file' : 'files'} found, not read yet. Run \`llmlab scan\`.`;
  if (records === 0) return 'Its logs were read and state no usage.';
  if (tool.following.mode === 'live' || tool.following.mode === 'polling')
    return 'Read, and followed while LLMLab runs.';
  if (tool.unreadBytes > 0) return 'Read, and more was written since. Run `llmlab scan`.';
  return 'Read and up to date.';
}

type Check = { name: string; state: 'ok' | 'warn' | 'fail'; detail: string };

function checks(context: HandlerContext): Check[] {
  const db = context.db();
  const problems = quickCheck(db);
  const unpriced = db
    .prepare('SELECT count(*) FROM records WHERE cost_nano_usd IS NULL')
    .pluck()
    .get() as number;
  // A program on this machine bills nobody: nothing to confirm.
  const assumed = db
    .prepare("SELECT name || ' (' || kind || ')' FROM accounts WHERE assumed = 1 AND kind <> 'local'")
    .pluck()
    .all() as string[];
  // A damaged file may not even answer; what is wrong with it is said already.
  const uneven = problems.length === 0 ? countUnevenSums(db) : 0;
  const [backup] = listBackups(context.ports.dataDir);
  return [
    { name: 'Ledger file', state: problems.length === 0 ? 'ok' : 'fail', detail: problems[0] ?? 'sound' },
    {
      name: 'Sums',
      state: uneven === 0 ? 'ok' : 'fail',
      detail:
        uneven === 0
          ? 'agree with each other'
          : `${uneven} do not agree with each other. Check every record in Settings: it adds them up again.`,
    },
    {
      name: 'Prices',
      state: unpriced === 0 ? 'ok' : 'warn',
      detail:
        unpriced === 0
          ? `every record is priced (${context.prices().version})`
          : `${unpriced === 1 ? '1 record has' : `${unpriced} records have`} no price: totals read "at least"`,
    },
    {
      name: 'Accounts',
      state: assumed.length === 0 ? 'ok' : 'warn',
      detail:
        assumed.length === 0
          ? 'all confirmed'
          : `assumed: ${assumed.join(', ')}. Say how you pay in Sources.`,
    },
    {
      name: 'Backups',
      state: backup === undefined ? 'warn' : 'ok',
      detail:
        backup === undefined
          ? 'none yet'
          : `newest ${new Date(backup.at).toISOString().slice(0, 16).replace('T', ' ')} UTC, verified`,
    },
  ];
}

export const scanHandlers: Handlers<Namespace<'scan'> | Namespace<'doctor'>> = {
  'scan.find': (_, context) => ({ tools: find(context) }),
  'scan.run': async ({ tools, ref }, context) => {
    const scanned = await context
      .run('scan', { tools }, { kind: 'scan', title: 'Reading logs', ref })
      .finally(() => context.emit({ kind: 'ledger.changed' }));
    return { tools: scanned.map((tool) => ({ ...tool, problems: [...tool.problems] })) };
  },
  'doctor.run': (_, context) => ({
    dataDir: context.ports.dataDir,
    checks: checks(context),
    tools: find(context).map((tool) => {
      const records = recordsOf(context.db(), tool.tool);
      return { ...tool, records, verdict: verdict(tool, records) };
    }),
    unusable: findUnusable(context.ports.environment),
  }),
};
