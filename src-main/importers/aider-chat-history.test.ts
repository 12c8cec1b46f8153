import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir, startTestCore } from '../testing/core.ts';
import { foldRecords, readLog, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { aiderChatHistory } from './aider-chat-history.ts';
import { findLogFiles } from './pipeline/log-files.ts';

const sample = 'aider_chat_history.md';
conforms(aiderChatHistory, {
  [sample]: {
    accepted: 2,
    requests: 2,
    usd: '0.03',
    tokens: { input: 3900, cacheRead: 8000, cacheWriteUnknown: 3100, output: 350 },
  },
});

function read(...lines: readonly string[]) {
  using dir = tempDir();
  const path = join(dir.path, '.aider.chat.history.md');
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return readLog(aiderChatHistory, path).lines;
}

const heading = '# aider chat started at 2026-07-01 12:00:00';
const model = '> Main model: anthropic/claude-sonnet-4-6 with diff edit format';
const report = '> Tokens: 12k sent, 250 received. Cost: $0.02 message, $0.05 session.';

describe('a message', () => {
  it('stands at the time its session began, in the zone of this machine, and keeps no words', () => {
    const records = recordsOf(read(heading, model, '#### my secret', report));
    expect(records).toMatchObject([
      { at: new Date(2026, 6, 1, 12).getTime(), provider: 'anthropic', amount: { value: '0.02' } },
    ]);
    expect(JSON.stringify(records)).not.toContain('secret');
  });

  it('has the cache in what was sent, and large counts in millions', () => {
    const [record] = recordsOf(
      read(heading, '> Tokens: 1.2M sent, 100k cache write, 1.0M cache hit, 3 received.'),
    );
    expect(record?.tokens).toMatchObject({
      input: 100_000,
      cacheRead: 1_000_000,
      cacheWriteUnknown: 100_000,
      output: 3,
    });
    expect(record).not.toHaveProperty('amount');
  });

  it('repeated in a session is another, and the same in a copy of the file', () => {
    const lines = [heading, model, report, report];
    const records = [...recordsOf(read(...lines)), ...recordsOf(read(...lines))];
    expect(foldRecords(aiderChatHistory, records)).toHaveLength(2);
  });

  it('that cannot be read, or has no session with a time, is refused', () => {
    expect(
      reasonsOf(
        read(report, heading, '> Tokens: lots sent, 1 received.', `${report.replace('$0.02', 'a lot')}`),
      ),
    ).toEqual([
      'the message stands before any heading with a time',
      'the tokens are not as Aider writes them',
      'the cost is not as Aider writes it',
    ]);
  });
});

describe('a day that is in the analytics log too', () => {
  it('counts what the log has; the history alone counts as an estimate', async () => {
    await using t = await startTestCore();
    const totals = async () => (await t.call('report.run', { by: [], filters: {} })).totals;
    const commit = (path: string) => t.call('imports.commit', { file: { path } });
    await commit(join(samplesDir, sample));
    expect(await totals()).toMatchObject({ cashNanoUsd: 30_000_000, evidence: { estimated: 2 } });
    using dir = tempDir();
    const log = join(dir.path, 'aider.jsonl');
    const properties = {
      aider_version: '0.86.1',
      main_model: 'anthropic/claude-sonnet-4-6',
      prompt_tokens: 12_000,
      completion_tokens: 250,
      cost: 0.0199,
    };
    const time = new Date(2026, 6, 1, 12, 5).getTime() / 1000;
    writeFileSync(log, `${JSON.stringify({ event: 'message_send', properties, user_id: 'u', time })}\n`);
    await commit(log);
    expect(await totals()).toMatchObject({ cashNanoUsd: 19_900_000, requests: 1 });
  });
});

describe('places', () => {
  it('are only folders the user added', async () => {
    await using t = await startTestCore();
    const repository = join(t.home, 'shop');
    mkdirSync(repository);
    copyFileSync(join(samplesDir, sample), join(repository, '.aider.chat.history.md'));
    expect(aiderChatHistory.locations()).toEqual([]);
    expect(aiderChatHistory.fileKind('shop/.aider.chat.history.md')).toBe('lines');
    expect(aiderChatHistory.fileKind('shop/README.md')).toBeNull();
    const { tools } = await t.call('scan.run', { tools: ['aider-chat-history'] });
    expect(tools[0]?.files).toBe(0);
    const environment = { platform: 'linux', home: t.home, env: {} } as const;
    expect(findLogFiles(aiderChatHistory, environment, [repository]).files).toMatchObject([
      { relativePath: '.aider.chat.history.md', kind: 'lines' },
    ]);
  });
});
