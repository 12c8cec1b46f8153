import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir, startTestCore } from '../testing/core.ts';
import { foldRecords, readEntries, readLog, recordsOf, sumTokens } from '../testing/read-log.ts';
import { makeDatabase, sampleDump } from '../testing/sample-database.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { copilotCli } from './copilot-cli.ts';

const tokens = { input: 1000, cacheRead: 44_000, cacheWriteUnknown: 2000, output: 420 };
const dump = sampleDump('copilot_cli_session_store.json');
conforms(copilotCli, {
  'copilot_cli_session_store.json': { accepted: 2, requests: 2, tokens, as: 'session-store.db', dump },
  'copilot_cli_events.jsonl': { accepted: 1, requests: 2, tokens },
});

function fromStore(rows = dump) {
  using dir = tempDir();
  const path = makeDatabase(join(dir.path, 'session-store.db'), rows);
  return recordsOf(readLog(copilotCli, path, { kind: 'database' }).lines);
}

const at = '2026-07-01T10:10:00.000Z';
const start = { type: 'session.start', data: { sessionId: 'cs-1', context: { cwd: '/home/dev/shop' } } };
const shutdown = (inputTokens: number, outputTokens: number, model = 'claude-sonnet-4.6') => ({
  type: 'session.shutdown',
  timestamp: at,
  data: { modelMetrics: { [model]: { requests: { count: 3 }, usage: { inputTokens, outputTokens } } } },
});

function fromEvents(...entries: readonly object[]) {
  using dir = tempDir();
  return recordsOf(readEntries(copilotCli, dir.path, [start, ...entries], 'cs-1/events.jsonl').lines);
}

describe('a session in the store and in the event log', () => {
  it('counts what the store has, whichever is read first', () => {
    const sums = recordsOf(readLog(copilotCli, join(samplesDir, 'copilot_cli_events.jsonl')).lines);
    const calls = fromStore();
    for (const order of [
      [...sums, ...calls],
      [...calls, ...sums],
    ]) {
      const kept = foldRecords(copilotCli, order);
      expect(kept).toHaveLength(2);
      expect(sumTokens(kept)).toEqual(tokens);
    }
  });

  it('of several legs and models is that of the store alone, also where they name a model differently', () => {
    const legs = fromEvents(
      shutdown(5000, 100, 'claude-sonnet-4-6'),
      shutdown(9000, 200, 'claude-sonnet-4-6'),
    );
    expect(legs).toHaveLength(2);
    expect(foldRecords(copilotCli, [...legs, ...fromStore()])).toEqual(fromStore());
  });

  it('counts once in a scan, under the plan', async () => {
    await using t = await startTestCore();
    const root = join(t.home, '.copilot');
    mkdirSync(join(root, 'session-state/cs-1'), { recursive: true });
    copyFileSync(join(samplesDir, 'copilot_cli_events.jsonl'), join(root, 'session-state/cs-1/events.jsonl'));
    const scan = async () => {
      await t.call('scan.run', { tools: ['copilot-cli'] });
      return (await t.call('report.run', { by: [], filters: {} })).totals;
    };
    expect((await scan()).tokens).toMatchObject(tokens);
    makeDatabase(join(root, 'session-store.db'), dump);
    expect(await scan()).toMatchObject({ tokens, requests: 2, cashNanoUsd: 0 });
  });
});

describe('the event log', () => {
  it('adds what each leg of a session used, not the running sums', () => {
    const records = fromEvents(shutdown(5000, 100), shutdown(9000, 250));
    expect(records.map(({ tokens: { input, output } }) => [input, output])).toEqual([
      [5000, 100],
      [4000, 150],
    ]);
  });

  it('begins anew after a compaction, and where the counters fall', () => {
    const compacted = { type: 'session.compaction_complete', data: { success: true }, timestamp: at };
    expect(sumTokens(fromEvents(shutdown(5000, 100), compacted, shutdown(6000, 120)))).toEqual({
      input: 11_000,
      output: 220,
    });
    expect(sumTokens(fromEvents(shutdown(5000, 100), shutdown(900, 120)))).toEqual({
      input: 5900,
      output: 220,
    });
  });

  it('left twice without a call in between adds nothing', () => {
    expect(fromEvents(shutdown(5000, 100), shutdown(5000, 100))).toHaveLength(1);
  });
});

describe('the store', () => {
  it('has times with and without a zone, both UTC, and calls of a compaction', () => {
    const [row] = dump.assistant_usage_events ?? [];
    const rows = [{ ...Object(row), id: 7, created_at: '2026-07-01 10:00:05', initiator: 'compaction' }];
    expect(fromStore({ ...dump, assistant_usage_events: rows })).toMatchObject([
      {
        at: Date.UTC(2026, 6, 1, 10, 0, 5),
        project: 'shop',
        coveredByPlan: true,
        extras: { initiator: 'compaction', nanoAiu: '1320000000', repository: 'octo/shop' },
      },
    ]);
  });
});

describe('places', () => {
  it('are the folder of the tool', () => {
    const paths = (env: Record<string, string>) =>
      copilotCli.locations({ platform: 'linux', home: '/home/a', env }).map(({ path }) => path);
    expect(paths({})).toEqual(['/home/a/.copilot/session-store.db', '/home/a/.copilot/session-state']);
    expect(paths({ COPILOT_HOME: '/c' })[0]).toBe('/c/session-store.db');
    expect(copilotCli.fileKind('session-store.db')).toBe('database');
    expect(copilotCli.fileKind('cs-1/events.jsonl')).toBe('lines');
    expect(copilotCli.fileKind('cs-1/workspace.yaml')).toBeNull();
  });
});
