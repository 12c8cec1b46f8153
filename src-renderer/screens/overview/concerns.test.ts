import { describe, expect, it } from 'vitest';
import type { AppInfo } from '../../../src-preload/contract/app.ts';
import type { Account, Source } from '../../../src-preload/contract/sources.ts';
import type { VaultStatus } from '../../../src-preload/contract/vault.ts';
import { connectionOf, reportOf } from '../../ui/connection.fixture.ts';
import { concernsOf } from './concerns.ts';

const now = Date.UTC(2026, 10, 20, 9);
const day = 86_400_000;
const info: AppInfo = {
  ...{
    name: 'LLMLab',
    version: '0',
    host: 'web',
    platform: 'linux',
    dataDir: '/tmp',
    zone: 'UTC',
    today: '2026-11-20',
    now,
  },
  ...{ records: 1, firstDay: null, lastDay: null, sampleData: false, notices: [] },
};
const source = (given: Partial<Source>): Source => ({
  ...{
    id: 1,
    importer: 'claude-code',
    label: 'Claude Code',
    vendor: 'Anthropic',
    kind: 'log',
    accountId: 1,
    account: 'Claude',
  },
  ...{
    evidence: 'recorded',
    records: 1,
    firstDay: '2026-11-01',
    lastDay: '2026-11-20',
    lastReadAt: now,
    error: null,
    following: null,
  },
  ...{ costNanoUsd: 0, unpricedRecords: 0, ...given },
});
const account = (given: Partial<Account>): Account => ({
  ...{
    id: 1,
    name: 'Claude Code',
    kind: 'plan',
    provider: 'anthropic',
    fee: null,
    assumed: true,
    sources: 1,
    records: 1,
  },
  ...{ cashNanoUsd: 0, equivalentNanoUsd: 0, ...given },
});

describe('concernsOf', () => {
  it('asks who pays for a tool, but not for a program on this machine that bills nobody', () => {
    const local = account({ id: 2, name: 'LM Studio', kind: 'local' });
    expect(concernsOf(info, [], [local])).toEqual([]);
    expect(concernsOf(info, [], [local, account({})])[0]).toMatchObject({
      ...{ subject: 'Claude Code:', text: 'plan or API key? It counts as a plan until you say.' },
    });
  });

  it('is silent when all is well', () => {
    expect(concernsOf(info, [source({})], [account({ assumed: false })])).toEqual([]);
  });

  it('puts damage and failing sources before questions', () => {
    const concerns = concernsOf(
      { ...info, notices: [{ code: 'CHECK_FAILED', message: 'A check of the ledger failed.' }] },
      [source({ error: 'The folder cannot be read.' })],
      [account({})],
    );
    expect(concerns.map((concern) => concern.tone)).toEqual(['over', 'warn', 'info']);
  });

  it('asks about assumed accounts once, by name', () => {
    const concerns = concernsOf(
      info,
      [],
      [account({}), account({ id: 2, name: 'Codex' }), account({ id: 3, name: 'New', records: 0 })],
    );
    expect(concerns.map((concern) => concern.subject)).toEqual(['Claude Code and Codex:']);
  });

  it('does not ask how made-up usage is paid for', () => {
    const sample = account({ name: 'Claude Code (sample)' });
    expect(concernsOf({ ...info, sampleData: true }, [], [sample])).toEqual([]);
    expect(concernsOf(info, [], [sample])).toHaveLength(1);
  });

  it('tells of logs not read for days, by the tool that reads them', () => {
    const [concern] = concernsOf(
      info,
      [source({ lastReadAt: now - 4 * day }), source({ id: 2, lastReadAt: now - day })],
      [],
    );
    expect(concern?.text).toContain('4 days ago');
    expect(concern?.act).toEqual({ kind: 'read', label: 'Read now', tools: ['claude-code'] });
  });

  it('asks for a newer export only of bills: a mapped table ends when it ends', () => {
    const table = { kind: 'table', lastDay: '2026-10-01' } as const;
    expect(concernsOf(info, [source({ ...table, evidence: 'billed' })], [])).toHaveLength(1);
    expect(concernsOf(info, [source({ ...table, evidence: 'recorded' })], [])).toHaveLength(0);
  });

  it('does not call a log stale that nobody wrote to while it was followed', () => {
    const old = { lastReadAt: now - 5 * day };
    const followed = { mode: 'live', why: null, asOf: now, error: null } as const;
    const settled = [account({ assumed: false })];
    expect(concernsOf(info, [source(old)], settled)).toHaveLength(1);
    expect(concernsOf(info, [source({ ...old, following: followed })], settled)).toEqual([]);
  });

  it('names three of many that fail, and asks for the network where none can be reached', () => {
    const failing = (codes: readonly ('NETWORK' | 'INVALID_KEY')[]) =>
      concernsOf(info, [], [], {
        connections: codes.map((code, id) =>
          connectionOf({
            id,
            name: 'ABCDEF'.charAt(id),
            reports: [reportOf({ error: { code, message: 'No.' } })],
          }),
        ),
        vault: null,
      })[0];
    const one = failing(['NETWORK', 'NETWORK', 'NETWORK', 'NETWORK', 'NETWORK']);
    expect(one?.subject).toBe('A, B, C and 2 others');
    expect(one?.text).toContain('Is this computer online?');
    const other = failing(['NETWORK', 'INVALID_KEY', 'NETWORK', 'NETWORK']);
    expect(other?.subject).toBe('A, B, C and 1 other');
    expect(other?.text).toContain('cannot be read');
    expect(failing(['INVALID_KEY', 'NETWORK'])?.subject).toBe('A and B');
  });

  it('tells a failing sync once, with its reason, and not again as a source', () => {
    const error = { code: 'INVALID_KEY', message: 'The key was refused.' } as const;
    const broken = connectionOf({ id: 4, reports: [reportOf({ error })] });
    const synced = source({ kind: 'sync', error: 'The key was refused.' });
    const vendors = { connections: [broken, connectionOf()], vault: null };
    const concerns = concernsOf(info, [synced], [account({ assumed: false })], vendors);
    expect(concerns).toHaveLength(1);
    expect(concerns[0]).toMatchObject({
      ...{ subject: 'Acme:', text: 'The key was refused.' },
      act: { href: '#/providers/4' },
    });
  });

  it('asks for the passphrase once, however many syncs wait for it', () => {
    const error = { code: 'VAULT_LOCKED', message: 'Locked.' } as const;
    const connections = [1, 2].map((id) => connectionOf({ id, reports: [reportOf({ error })] }));
    const vault: VaultStatus = {
      ...{ protection: 'passphrase', explanation: '', slots: ['passphrase'], isLocked: true },
      ...{ trouble: null, keys: 2, rotatedAt: null, asksCurrent: true },
    };
    const concerns = concernsOf(info, [], [], { connections, vault });
    expect(concerns.map(({ act }) => act.kind)).toEqual(['unlock']);
  });
});
