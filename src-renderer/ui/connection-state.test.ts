import { describe, expect, it } from 'vitest';
import { connectionOf, reportOf } from './connection.fixture.ts';
import {
  asOfOf,
  backfillOf,
  backfillWords,
  lastSuccessOf,
  needsCare,
  nextRunOf,
  stateOf,
} from './connection-state.ts';

const failed = (code: 'INVALID_KEY' | 'VAULT_LOCKED' | 'NO_KEY', message: string) =>
  reportOf({ error: { code, message } });

describe('stateOf', () => {
  it('says of a paused connection that it is paused, not that its last reading failed', () => {
    const state = stateOf(connectionOf({ paused: true, reports: [failed('INVALID_KEY', 'No.')] }));
    expect(state.kind).toBe('paused');
    expect(needsCare(state)).toBe(false);
  });

  it('gives the vendor’s reason, and how many others there are', () => {
    const reports = [
      reportOf(),
      failed('INVALID_KEY', 'The key was refused.'),
      reportOf({ error: { code: 'NETWORK', message: 'Not reached.' } }),
    ];
    expect(stateOf(connectionOf({ reports }))).toMatchObject({
      ...{ kind: 'failing', tone: 'over', reason: 'The key was refused.', others: 1, code: 'INVALID_KEY' },
    });
  });

  it('does not count one cause twice because two reports met it', () => {
    const reports = [failed('INVALID_KEY', 'Refused.'), failed('INVALID_KEY', 'Refused.')];
    expect(stateOf(connectionOf({ reports })).others).toBe(0);
  });

  it('puts the locked vault before everything it brings about', () => {
    const reports = [failed('INVALID_KEY', 'Refused.'), failed('VAULT_LOCKED', 'Locked.')];
    expect(stateOf(connectionOf({ reports })).kind).toBe('locked');
  });

  it('tells a breaker that is open from a plain failure', () => {
    const state = stateOf(connectionOf({ breaker: { state: 'open', until: 5000 } }));
    expect(state).toMatchObject({ kind: 'resting', tone: 'warn' });
    expect(state.reason).toContain('in a row');
    expect(needsCare(state)).toBe(true);
  });

  it('asks for a key only where nothing at all can be read', () => {
    const keyless = reportOf({ missing: ['adminKey'], nextAt: null, lastSuccessAt: null });
    expect(stateOf(connectionOf({ reports: [keyless] })).kind).toBe('key-missing');
    expect(stateOf(connectionOf({ reports: [keyless, reportOf()] })).kind).toBe('ok');
  });

  it('is up to date only after a reading', () => {
    expect(stateOf(connectionOf()).kind).toBe('ok');
    expect(stateOf(connectionOf({ reports: [reportOf({ lastSuccessAt: null })] })).kind).toBe('waiting');
    expect(stateOf(connectionOf({ reports: [] })).kind).toBe('idle');
    expect(stateOf(connectionOf({ reports: [reportOf({ isRunning: true })] })).kind).toBe('running');
    const filling = reportOf({ backfill: { done: 3, total: 90 } });
    expect(stateOf(connectionOf({ reports: [filling] })).kind).toBe('filling');
  });
});

describe('times of a connection', () => {
  const reports = [
    reportOf({ lastSuccessAt: 10, nextAt: 90, asOf: 8 }),
    reportOf({ report: 'usage', lastSuccessAt: 30, nextAt: 60, asOf: 5 }),
    reportOf({ report: 'balance', evidence: null, lastSuccessAt: null, nextAt: null, asOf: 1 }),
  ];

  it('is as old as the report that is furthest behind, balances left out', () => {
    expect(asOfOf(connectionOf({ reports }))).toBe(5);
    expect(asOfOf(connectionOf({ reports: [] }))).toBeNull();
  });

  it('was last read with any, and is next read with the first', () => {
    expect(lastSuccessOf(connectionOf({ reports }))).toBe(30);
    expect(nextRunOf(connectionOf({ reports }))).toBe(60);
    expect(nextRunOf(connectionOf({ reports, paused: true }))).toBeNull();
  });

  it('adds up the days still to be read', () => {
    const open = [
      reportOf({ backfill: { done: 3, total: 90 } }),
      reportOf({ backfill: { done: 1, total: 30 } }),
    ];
    expect(backfillOf(connectionOf({ reports: open }))).toEqual({ done: 4, total: 120 });
    expect(backfillOf(connectionOf())).toBeNull();
    expect(backfillWords({ done: 0, total: 1 })).toBe('0 of 1 day');
  });
});
