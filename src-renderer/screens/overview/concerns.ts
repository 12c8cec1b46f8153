import type { AppInfo } from '../../../src-preload/contract/app.ts';
import type { Connection } from '../../../src-preload/contract/connections.ts';
import type { Account, Source } from '../../../src-preload/contract/sources.ts';
import type { VaultStatus } from '../../../src-preload/contract/vault.ts';
import { needsCare, stateOf } from '../../ui/connection-state.ts';
import { daysBetween, formatDay } from '../../ui/dates.ts';

/** Something about the figures the user should know: one cause, one thing to do. */
export interface Concern {
  readonly key: string;
  readonly tone: 'info' | 'warn' | 'over';
  readonly subject: string;
  readonly text: string;
  readonly act:
    | { readonly kind: 'link'; readonly label: string; readonly href: string }
    | { readonly kind: 'read'; readonly label: string; readonly tools: readonly string[] }
    | { readonly kind: 'unlock' }
    | { readonly kind: 'none' };
}

/** What is known of the vendors besides their sources. */
export interface Vendors {
  readonly connections: readonly Connection[];
  readonly vault: VaultStatus | null;
}

/** How accounts of the sample data are named: nobody pays for made-up usage. */
const sampleSuffix = ' (sample)';

const staleLogMs = 3 * 86_400_000;
const staleTableDays = 35;

/** Worst first: damage, locked keys, failing syncs and sources, accounts nobody confirmed, sources that have fallen behind. */
export function concernsOf(
  info: AppInfo,
  sources: readonly Source[],
  accounts: readonly Account[],
  vendors: Vendors = { connections: [], vault: null },
): readonly Concern[] {
  return [
    ...info.notices.map(noticeConcern),
    ...locked(vendors),
    ...failingSyncs(vendors),
    // what a vendor was asked for is told of its connection
    ...sources.filter((source) => source.error !== null && source.kind !== 'sync').map(failing),
    ...assumed(accounts.filter((account) => !(info.sampleData && account.name.endsWith(sampleSuffix)))),
    ...staleLogs(sources, info.now),
    ...staleTables(sources, info.today),
  ];
}

function noticeConcern({ code, message }: AppInfo['notices'][number]): Concern {
  return { key: code, tone: 'over', subject: 'Data folder', text: message, act: toSettings };
}

const toSettings = { kind: 'link', label: 'Settings', href: '#/settings' } as const;
const toSources = { kind: 'link', label: 'Sources', href: '#/sources' } as const;

function failing(source: Source): Concern {
  return {
    key: `failing-${source.id}`,
    tone: 'warn',
    subject: source.label,
    text: source.error ?? '',
    act: toSources,
  };
}

function locked({ vault, connections }: Vendors): readonly Concern[] {
  if (vault === null || !vault.isLocked || connections.length === 0) return [];
  const text = vault.trouble ?? 'Nothing is synced until you unlock them.';
  return [{ key: 'vault', tone: 'warn', subject: 'Your keys are locked.', text, act: { kind: 'unlock' } }];
}

/** One notice for all of them where several fail; a locked vault is told once, above. */
function failingSyncs({ connections }: Vendors): readonly Concern[] {
  const failed = connections
    .map((connection) => ({ connection, state: stateOf(connection) }))
    .filter(({ state }) => needsCare(state) && state.kind !== 'locked');
  const [first, ...others] = failed;
  if (!first) return [];
  const key = 'failing-syncs';
  if (others.length === 0)
    return [
      {
        ...{
          key,
          tone: 'warn',
          subject: `${first.connection.name}:`,
          text: first.state.reason ?? 'it cannot be read.',
        },
        act: { kind: 'link', label: 'Look at it', href: `#/providers/${first.connection.id}` },
      },
    ];
  const isOffline = failed.every(({ state }) => state.code === 'NETWORK');
  return [
    {
      ...{
        key,
        tone: 'warn',
        subject: someOf(failed.map(({ connection }) => connection.name)),
      },
      text: isOffline
        ? 'cannot be reached. Is this computer online? They are tried again by themselves.'
        : 'cannot be read. Their figures are as old as the last good reading.',
      act: { kind: 'link', label: 'Providers', href: '#/providers' },
    },
  ];
}

function assumed(accounts: readonly Account[]): readonly Concern[] {
  // a program on one's own machine bills nobody: there is nothing to ask
  const unsure = accounts.filter(
    (account) => account.assumed && account.kind !== 'local' && account.records > 0,
  );
  const names = unsure.map((account) => account.name);
  if (names.length === 0) return [];
  const counts = unsure.every((account) => account.kind === 'plan') ? 'plan' : 'API key';
  const text =
    names.length === 1
      ? `plan or API key? It counts as ${counts === 'plan' ? 'a plan' : 'an API key'} until you say.`
      : unsure.every((account) => account.kind === unsure[0]?.kind)
        ? `plans or API keys? They count as ${counts}s until you say.`
        : 'plans or API keys? What each counts as stands under Sources until you say.';
  return [
    {
      ...{ key: 'assumed', tone: 'info', subject: `${joinNames(names)}:`, text },
      act: { kind: 'link', label: 'Say how you pay', href: '#/sources' },
    },
  ];
}

/** A log nobody wrote to is not stale while it is followed. */
function asOf({ following, lastReadAt }: Source): number | null {
  return following?.asOf ?? lastReadAt;
}

function staleLogs(sources: readonly Source[], now: number): readonly Concern[] {
  const stale = sources.filter((source) => source.kind === 'log' && now - (asOf(source) ?? now) > staleLogMs);
  if (stale.length === 0) return [];
  const days = Math.floor((now - Math.min(...stale.map((source) => asOf(source) ?? now))) / 86_400_000);
  return [
    {
      ...{ key: 'stale-logs', tone: 'warn', subject: joinNames(stale.map((source) => source.label)) },
      text: `last read ${days} days ago. Agents delete their logs after 30 days.`,
      act: { kind: 'read', label: 'Read now', tools: [...new Set(stale.map((source) => source.importer))] },
    },
  ];
}

function staleTables(sources: readonly Source[], today: string): readonly Concern[] {
  return sources
    .filter((source) => source.kind === 'table' && source.evidence === 'billed' && source.lastDay !== null)
    .filter((source) => daysBetween(source.lastDay ?? today, today) > staleTableDays)
    .map((source) => ({
      ...{ key: `stale-${source.id}`, tone: 'warn', subject: source.label },
      text: `ends on ${formatDay(source.lastDay ?? today, today)}. Import a newer export to have the bill since then.`,
      act: toSources,
    }));
}

const mostNamed = 3;

/** `A, B and C`, `A, B, C and 14 others` */
function someOf(names: readonly string[]): string {
  const more = names.length - mostNamed;
  if (more <= 0) return joinNames(names);
  return joinNames([...names.slice(0, mostNamed), more === 1 ? '1 other' : `${more} others`]);
}

function joinNames(names: readonly string[]): string {
  const unique = [...new Set(names)];
  if (unique.length <= 1) return unique[0] ?? '';
  return `${unique.slice(0, -1).join(', ')} and ${unique.at(-1)}`;
}
