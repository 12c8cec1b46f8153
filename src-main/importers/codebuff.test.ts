import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { foldRecords, kindsOf, readWhole, recordsOf } from '../testing/read-log.ts';
import { codebuff } from './codebuff.ts';

conforms(codebuff, {
  'codebuff_chat-messages.json': {
    accepted: 1,
    skipped: 1,
    cashUsd: '0',
    tokens: { input: 500, output: 200, cacheWriteUnknown: 300, cacheRead: 100 },
  },
});

const chat = 'shop/chats/2026-07-01T10-00-00.000Z/chat-messages.json';
const usage = { inputTokens: 5, outputTokens: 2 };
const said = (message: object = {}) => ({
  variant: 'ai',
  timestamp: '2026-07-01T10:00:05.000Z',
  metadata: { model: 'claude-sonnet-4-6', usage },
  credits: 1.25,
  ...message,
});
const read = (messages: readonly object[], name = chat) => recordsOf(readWhole(codebuff, messages, name));

describe('a chat', () => {
  it('is of its project and keeps credits, which are no money', () => {
    const [record] = read([said()]);
    expect(record).toMatchObject({
      project: 'shop',
      session: '2026-07-01T10-00-00.000Z',
      provider: 'anthropic',
      extras: { credits: '1.25' },
    });
    expect(record).not.toHaveProperty('amount');
  });

  it('states usage in one of two places', () => {
    expect(read([said({ metadata: { codebuff: { usage } } })])[0]?.tokens).toMatchObject({
      input: 5,
      output: 2,
    });
    expect(read([said({ metadata: { usage, codebuff: { usage } } })])[0]?.tokens).toMatchObject({ input: 5 });
  });

  it('that was copied elsewhere counts once; two equal replies in one count twice', () => {
    const messages = [said(), said()];
    expect(foldRecords(codebuff, [...read(messages), ...read(messages, 'chat-messages.json')])).toHaveLength(
      2,
    );
  });

  it('whose ids begin anew is told from another by its times', () => {
    const first = said({ id: 'ai-1' });
    const other = said({ id: 'ai-1', timestamp: '2026-07-02T10:00:05.000Z' });
    expect(foldRecords(codebuff, [...read([first]), ...read([other])])).toHaveLength(2);
  });

  it('stands at its start where a reply states no time of its own', () => {
    expect(read([said({ timestamp: '10:00 AM' })])[0]).toMatchObject({
      at: Date.UTC(2026, 6, 1, 10),
      extras: { timeFrom: 'chat' },
    });
  });

  it('with credits but no tokens, or of a person, holds no usage', () => {
    const other = [said({ metadata: {} }), { variant: 'user', metadata: { usage } }];
    expect(kindsOf(readWhole(codebuff, other, chat))).toEqual(['skip', 'skip']);
  });
});

describe('places', () => {
  it('are the projects of every channel', () => {
    expect(codebuff.locations({ platform: 'linux', home: '/home/a', env: {} })).toEqual([
      { path: '/home/a/.config/manicode*/projects', why: 'default' },
    ]);
    expect(codebuff.fileKind(chat)).toBe('document');
    expect(codebuff.fileKind('shop/chats/x/run-state.json')).toBeNull();
  });
});
