import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CoreEvent } from '../../src-preload/contract/events.ts';
import { nodeWatcher } from '../platform/following.ts';
import type { FolderWatcher, Following } from '../platform/ports.ts';
import { startTestCore, type TestCore } from '../testing/core.ts';
import { testFollowing, until } from '../testing/follow.ts';

let test: TestCore;
let folder: string;
let log: string;
let events: CoreEvent[];
let written: number;

beforeEach(async () => {
  test = await startTestCore({ heavyWork: 'thread' });
  folder = join(test.home, '.claude', 'projects', '-home-dev-shop');
  log = join(folder, 'session.jsonl');
  written = 0;
  mkdirSync(folder, { recursive: true });
});
afterEach(() => test[Symbol.asyncDispose]());

/** One reply of 10 tokens, with an id of its own. */
function line(): string {
  const id = String(++written).padStart(8, '0');
  return `${JSON.stringify({
    ...{ type: 'assistant', sessionId: 's1', cwd: '/home/dev/shop', version: '2.0.0' },
    ...{ timestamp: '2026-11-20T10:00:00.000Z', requestId: `req_${id}`, uuid: `uuid-${id}` },
    message: {
      ...{ id: `msg_${id}`, type: 'message', role: 'assistant', model: 'claude-sonnet-4-5-20250929' },
      ...{ stop_reason: 'end_turn', usage: { input_tokens: 7, output_tokens: 3 } },
    },
  })}\n`;
}

const lines = (count: number): string => Array.from({ length: count }, line).join('');

function follow(options: Partial<Following> = {}) {
  const following = testFollowing(options);
  events = [];
  test.core.events.listen((event) => void events.push(event));
  test.core.follow(following);
  return following;
}

async function records(): Promise<number> {
  return (await test.call('app.info', {})).records;
}

async function tool(id = 'claude-code') {
  const { tools } = await test.call('scan.find', {});
  const found = tools.find((one) => one.tool === id);
  if (found === undefined) throw new Error(`no tool ${id}`);
  return found;
}

const following = async () => (await tool()).following;
const untilRead = (count: number) => until(test.core, async () => (await records()) >= count, records);
const refreshes = () => events.filter(({ kind }) => kind === 'ledger.changed').length;

/** What came in by following, over all imports. */
async function counts() {
  const { imports } = await test.call('imports.list', {});
  const sum = (pick: (row: (typeof imports)[number]) => number) =>
    imports.reduce((n, row) => n + pick(row), 0);
  return {
    accepted: sum((row) => row.counts.accepted),
    refused: sum((row) => row.counts.refused),
    imports: imports.length,
  };
}

describe('while logs are followed', () => {
  it('new lines are in the ledger without being asked for, in one import a day', async () => {
    writeFileSync(log, lines(3));
    follow();
    await untilRead(3);
    appendFileSync(log, lines(2));
    await untilRead(5);
    appendFileSync(log, lines(1));
    await untilRead(6);
    expect(await counts()).toEqual({ accepted: 6, refused: 0, imports: 1 });
    expect((await test.call('imports.list', {})).imports[0]?.fileName).toBe('Claude Code logs, followed');
    expect(await following()).toMatchObject({ mode: 'live', error: null, asOf: test.now });
  });

  it('a burst of 10,000 lines in many files costs one refresh', async () => {
    for (let i = 0; i < 50; i++) writeFileSync(join(folder, `${i}.jsonl`), line());
    follow();
    await untilRead(50);
    events = [];
    for (let i = 0; i < 10_000; i++) appendFileSync(join(folder, `${i % 50}.jsonl`), line());
    await untilRead(10_050);
    expect(refreshes()).toBe(1);
  });

  it('only the files that changed are read', async () => {
    writeFileSync(log, lines(500));
    const other = join(folder, 'other.jsonl');
    writeFileSync(other, lines(1));
    follow();
    await untilRead(501);
    // Read again, this file would be refused a second time.
    appendFileSync(other, '{"type":"assistant","message":{"usage":broken\n');
    await until(test.core, async () => (await counts()).refused === 1, counts);
    appendFileSync(log, lines(1));
    await untilRead(502);
    expect(await counts()).toMatchObject({ accepted: 502, refused: 1 });
  });

  it('folders that appear later are followed, also the tool’s own', async () => {
    rmSync(join(test.home, '.claude'), { recursive: true });
    follow();
    await until(test.core, async () => (await following()).asOf !== null);
    mkdirSync(join(folder, 'session', 'subagents'), { recursive: true });
    writeFileSync(join(folder, 'session', 'subagents', 'agent-1.jsonl'), lines(2));
    await untilRead(2);
    appendFileSync(join(folder, 'session', 'subagents', 'agent-1.jsonl'), lines(1));
    await untilRead(3);
  });

  it('a folder that goes away is said, what was read stays, and it catches up when it is back', async () => {
    writeFileSync(log, lines(2));
    follow();
    await untilRead(2);
    const away = join(test.home, 'away');
    renameSync(join(test.home, '.claude'), away);
    const source = async () => (await test.call('sources.list', {})).sources[0];
    await until(test.core, async () => (await source())?.error !== null, source);
    expect(await source()).toMatchObject({
      records: 2,
      error: expect.stringMatching(/projects is gone; what was read stays/),
    });
    expect((await following()).error).toBe((await source())?.error);
    appendFileSync(join(away, 'projects', '-home-dev-shop', 'session.jsonl'), lines(2));
    renameSync(away, join(test.home, '.claude'));
    await untilRead(4);
    expect((await following()).error).toBeNull();
    appendFileSync(log, lines(1));
    await untilRead(5);
  });

  it('a link that is turned to another folder is followed there', async () => {
    const [one, two] = [join(test.dir, 'one'), join(test.dir, 'two')];
    for (const dir of [one, two]) mkdirSync(dir);
    writeFileSync(join(one, 'a.jsonl'), lines(1));
    writeFileSync(join(two, 'b.jsonl'), lines(1));
    symlinkSync(one, join(folder, 'now'));
    follow();
    await untilRead(1);
    symlinkSync(two, join(folder, 'next'));
    renameSync(join(folder, 'next'), join(folder, 'now'));
    await untilRead(2);
    appendFileSync(join(two, 'b.jsonl'), lines(1));
    await untilRead(3);
  });

  it('a restart catches up with what was written meanwhile', async () => {
    writeFileSync(log, lines(2));
    follow();
    await untilRead(2);
    await test.core.stop();
    appendFileSync(log, lines(3));
    await test.restart();
    follow({ asked: false });
    await untilRead(5);
    expect(await counts()).toMatchObject({ accepted: 5, refused: 0 });
  });
});

describe('where one watch sees all folders below', () => {
  it('old and new folders are followed alike', async () => {
    writeFileSync(log, lines(1));
    follow({ watcher: { ...nodeWatcher, seesBelow: true } });
    await untilRead(1);
    appendFileSync(log, lines(1));
    await untilRead(2);
    mkdirSync(join(folder, 'session', 'subagents'), { recursive: true });
    writeFileSync(join(folder, 'session', 'subagents', 'agent-1.jsonl'), lines(1));
    await untilRead(3);
    renameSync(join(test.home, '.claude'), join(test.home, 'away'));
    await until(test.core, async () => (await test.call('sources.list', {})).sources[0]?.error !== null);
    renameSync(join(test.home, 'away'), join(test.home, '.claude'));
    await until(test.core, async () => (await test.call('sources.list', {})).sources[0]?.error === null);
    appendFileSync(log, lines(1));
    await untilRead(4);
  });
});

describe('where watching fails', () => {
  const broken = (code: string): FolderWatcher => ({
    seesBelow: false,
    open: () => {
      throw Object.assign(new Error(code), { code });
    },
  });

  it('folders are listed again and again instead, and it says why', async () => {
    writeFileSync(log, lines(1));
    const { timers } = follow({ watcher: broken('ENOSPC') });
    await untilRead(1);
    expect(await following()).toMatchObject({
      mode: 'polling',
      why: expect.stringContaining('max_user_watches'),
    });
    appendFileSync(log, lines(1));
    timers.pass();
    await untilRead(2);
  });

  it('later, the watch is replaced', async () => {
    writeFileSync(log, lines(1));
    const fails: ((error: unknown) => void)[] = [];
    const watcher: FolderWatcher = {
      ...nodeWatcher,
      open(path, below, on) {
        if (path === folder) fails.push(on.failed);
        return nodeWatcher.open(path, below, on);
      },
    };
    follow({ watcher });
    await untilRead(1);
    fails[0]?.(new Error('EPERM'));
    appendFileSync(log, lines(1));
    await untilRead(2);
    appendFileSync(log, lines(1));
    await untilRead(3);
  });

  it('a report that got lost, or a night asleep, is made up for', async () => {
    writeFileSync(log, lines(1));
    const deaf: FolderWatcher = { seesBelow: false, open: () => ({ close: () => undefined }) };
    const { timers } = follow({ watcher: deaf });
    await untilRead(1);
    expect(await following()).toMatchObject({ mode: 'live' });
    appendFileSync(log, lines(1));
    test.now += 5_000;
    timers.pass();
    expect(await records()).toBe(1);
    // The next heartbeat comes eight hours late.
    test.now += 8 * 3_600_000;
    timers.pass();
    await untilRead(2);
    appendFileSync(log, lines(1));
    for (let i = 0; i < 13; i++) {
      test.now += 5_000;
      timers.pass();
    }
    await untilRead(3);
  });
});

describe('following', () => {
  it('waits until logs were read once, then takes the others along', async () => {
    writeFileSync(log, lines(1));
    follow({ asked: false });
    await until(test.core, async () => (await following()).mode === 'waiting', following);
    expect(await records()).toBe(0);
    await test.call('scan.run', { tools: ['claude-code'] });
    expect(await records()).toBe(1);
    await until(test.core, async () => (await following()).mode === 'live', following);
    appendFileSync(log, lines(1));
    await untilRead(2);
  });

  it('goes on when sample data is removed', async () => {
    writeFileSync(log, lines(1));
    await test.call('scan.run', {});
    await test.call('sample.load', {});
    follow({ asked: false });
    await until(test.core, async () => (await following()).asOf !== null);
    await test.call('sample.remove', {});
    appendFileSync(log, lines(1));
    await untilRead(2);
    expect(await records()).toBe(2);
  });

  it('leaves alone what was taken back, until it is asked for again', async () => {
    writeFileSync(log, lines(1));
    await test.call('scan.run', {});
    follow({ asked: false });
    await until(test.core, async () => (await following()).asOf !== null);
    const [first] = (await test.call('imports.list', {})).imports;
    await test.call('imports.undo', { importId: first?.id ?? 0 });
    await until(test.core, async () => (await following()).mode === 'waiting', following);
    expect(await records()).toBe(0);
    await test.call('scan.run', {});
    await until(test.core, async () => (await following()).mode === 'live', following);
    expect(await records()).toBe(1);
  });

  it('is paused by the setting, keeps nothing waiting, and catches up when it goes on', async () => {
    writeFileSync(log, lines(1));
    await test.call('scan.run', {});
    follow({ asked: false });
    await until(test.core, async () => (await following()).mode === 'live', following);
    await test.call('settings.save', { followLogs: false });
    expect((await following()).mode).toBe('paused');
    appendFileSync(log, lines(2));
    expect((await tool()).unreadBytes).toBeGreaterThan(0);
    await test.call('settings.save', { followLogs: true });
    await untilRead(3);
    expect((await following()).mode).toBe('live');
  });

  it('takes a folder the user adds', async () => {
    writeFileSync(log, lines(1));
    follow();
    await untilRead(1);
    const own = join(test.dir, 'old-laptop');
    mkdirSync(own);
    writeFileSync(join(own, 'a.jsonl'), lines(1));
    await test.call('settings.save', { logFolders: { 'claude-code': [own] } });
    await untilRead(2);
    appendFileSync(join(own, 'a.jsonl'), lines(1));
    await untilRead(3);
  });

  it('does not double what a scan reads at the same time', async () => {
    writeFileSync(log, lines(1));
    follow();
    await untilRead(1);
    for (let i = 0; i < 10; i++) {
      appendFileSync(log, lines(20));
      await test.call('scan.run', {});
    }
    await untilRead(201);
    expect(await counts()).toMatchObject({ accepted: 201, refused: 0 });
  });

  it('is no job in sight while it is short', async () => {
    writeFileSync(log, lines(1));
    follow();
    await untilRead(1);
    expect(events.filter((event) => event.kind === 'job.changed' && event.job.kind === 'scan')).toEqual([]);
    expect((await test.call('jobs.list', {})).jobs.filter(({ kind }) => kind === 'scan')).toEqual([]);
  });

  // Root may read anything, and Windows knows no modes.
  it.runIf(process.getuid?.())('says which file may not be read, and reads it once it may', async () => {
    writeFileSync(log, lines(1));
    chmodSync(log, 0);
    follow();
    await until(test.core, async () => (await following()).error !== null, following);
    chmodSync(log, 0o600);
    await untilRead(1);
    expect((await following()).error).toBeNull();
  });
});
