import { expect, test } from 'vitest';
import { tempDir } from '../testing/temp-dir.ts';
import { insertAccount } from './accounts.ts';
import { addBalance, balanceSeries, dropBalancesAfter, latestBalances } from './balances.ts';
import { connectionById, connectionByName, deleteConnection, insertConnection } from './connections.ts';
import type { WriteDb } from './database.ts';
import { openLedger } from './open.ts';
import { putSyncState, syncState } from './sync-states.ts';
import { addRequests, requestsKeptMs, requestsSince } from './vendor-requests.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 20);

function withConnection(use: (db: WriteDb, id: number) => void): void {
  using dir = tempDir();
  const db = openLedger(dir.path, { now: () => start });
  const fee = { fee_nano_usd: null, fee_cycle: null, fee_start: null, fee_end: null };
  const account = { name: 'Some API', kind: 'api', provider: 'some', ...fee, assumed: 0 } as const;
  const account_id = insertAccount(db, { ...account, created_at: start });
  const row = { provider: 'some', name: 'Some', account_id, base_url: null, is_local: 0, fields: '{}' };
  const limits = { requests_per_minute: null, tokens_per_minute: null };
  use(db, insertConnection(db, { ...row, ...limits, created_at: start }));
  db.close();
}

test('a connection is found by its name in any case; removing it takes its states and balances along', () => {
  withConnection((db, id) => {
    expect(connectionByName(db, 'SOME')?.id).toBe(id);
    putSyncState(db, { ...syncState(db, id, 'costs'), failures: 2 });
    addBalance(db, { connection_id: id, at: start, currency: 'USD', available: '1', parts: '[]' });
    deleteConnection(db, id);
    expect(connectionById(db, id)).toBeUndefined();
    expect(db.prepare('SELECT * FROM sync_states').all()).toEqual([]);
    expect(balanceSeries(db, id)).toEqual([]);
  });
});

test('of an unchanged balance the first and last reading of a day are kept, so that a fall lies between known moments', () => {
  withConnection((db, id) => {
    const read = (at: number, available: string) =>
      addBalance(db, { connection_id: id, at, currency: 'USD', available, parts: '[]' });
    for (const hour of [0, 1, 2, 3]) read(start + hour * 3_600_000, '10');
    read(start + 4 * 3_600_000, '9');
    read(start + day, '9');
    // The clock went back: what was read then is not put before what is known.
    read(start + 3_600_000, '2');
    const hours = balanceSeries(db, id).map(({ at, available }) => [(at - start) / 3_600_000, available]);
    expect(hours).toEqual([
      [0, '10'],
      [3, '10'],
      [4, '9'],
      [24, '9'],
    ]);
    expect(latestBalances(db, id).map(({ available }) => available)).toEqual(['9']);
  });
});

test('readings of a clock that was ahead go once the clock is right; a clock before all of them takes nothing', () => {
  withConnection((db, id) => {
    const read = (at: number, available: string) =>
      addBalance(db, { connection_id: id, at, currency: 'USD', available, parts: '[]' });
    read(start, '10');
    read(start + 300 * day, '9');
    expect(dropBalancesAfter(db, id, start - day)).toBeNull();
    expect(balanceSeries(db, id)).toHaveLength(2);
    expect(dropBalancesAfter(db, id, start + day)).toBe(start);
    expect(balanceSeries(db, id).map(({ available }) => available)).toEqual(['10']);
    expect(dropBalancesAfter(db, id, start + day)).toBeNull();
  });
});

test('requests older than three months go when new ones come', () => {
  withConnection((db, id) => {
    const row = { connection_id: id, provider: 'some', purpose: 'sync', ms: 5, outcome: 'ok' } as const;
    addRequests(db, [{ ...row, at: start }], start);
    addRequests(db, [{ ...row, at: start + requestsKeptMs + 1 }], start + requestsKeptMs + 1);
    expect(requestsSince(db, 0).map(({ at }) => at)).toEqual([start + requestsKeptMs + 1]);
  });
});
