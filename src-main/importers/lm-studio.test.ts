import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir } from '../testing/core.ts';
import { foldRecords, kindsOf, readEntries, readWhole, recordsOf } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { lmStudio } from './lm-studio.ts';

const tokens = { input: 380, output: 32 };
conforms(lmStudio, {
  'lmstudio_conversation.json': { accepted: 1, requests: 1, usd: '0', tokens },
  'lmstudio_log_stream.jsonl': { accepted: 1, requests: 1, usd: '0', tokens },
});

const sample = JSON.parse(readFileSync(join(samplesDir, 'lmstudio_conversation.json'), 'utf8'));
const answer = sample.messages[1];
const chat = (...versions: readonly object[]) => ({
  ...sample,
  messages: [{ versions, currentlySelected: 0 }],
});
const read = (value: object) => recordsOf(readWhole(lmStudio, value, '1.conversation.json'));

describe('a chat', () => {
  it('counts versions that were thrown away, and every step of one', () => {
    const [version] = answer.versions;
    const [step] = version.steps;
    const records = read(chat(version, { ...version, steps: [step, { type: 'toolStatus' }, step] }));
    expect(records).toHaveLength(3);
    expect(foldRecords(lmStudio, [...records, ...records])).toHaveLength(3);
  });

  it('may state what a version took beside its steps', () => {
    const { genInfo } = answer.versions[0].steps[0];
    expect(read(chat({ type: 'singleStep', role: 'assistant', genInfo }))[0]?.tokens).toMatchObject(tokens);
  });

  it('takes the model of the step, else the one used last', () => {
    const { genInfo } = answer.versions[0].steps[0];
    const model = (info: object) => read(chat({ steps: [{ genInfo: info }] }))[0]?.model;
    expect(model({ ...genInfo, identifier: 'gemma-3' })).toBe('gemma-3');
    expect(model({ stats: genInfo.stats })).toBe('qwen3-8b');
  });

  it('is local and states no money', () => {
    expect(lmStudio.accountKind).toBe('local');
    expect(read(sample)[0]).toMatchObject({
      provider: 'lmstudio',
      at: sample.createdAt,
      extras: { timeFrom: 'chat' },
    });
    expect(read(sample)[0]).not.toHaveProperty('amount');
  });
});

describe('a stream', () => {
  const output = (stats: object, more: object = {}) => ({
    timestamp: 1_782_900_003_000,
    data: { type: 'llm.prediction.output', modelIdentifier: 'qwen3-8b', predictionId: 'p1', stats, ...more },
  });
  function lines(...entries: readonly object[]) {
    using dir = tempDir();
    return readEntries(lmStudio, dir.path, entries).lines;
  }

  it('may write its numbers as texts', () => {
    const entry = {
      ...output({ promptTokensCount: '380', predictedTokensCount: '32' }),
      timestamp: '1782900003000',
    };
    expect(recordsOf(lines(entry))[0]).toMatchObject({ at: 1_782_900_003_000, tokens });
    expect(kindsOf(lines(output({ promptTokensCount: 'many' })))).toEqual(['refuse']);
  });

  it('counts a prediction once, and two without ids apart', () => {
    const stats = { promptTokensCount: 380, predictedTokensCount: 32 };
    expect(foldRecords(lmStudio, recordsOf(lines(output(stats), output(stats))))).toHaveLength(1);
    const unnamed = (predictedTokensCount: number) =>
      output({ ...stats, predictedTokensCount }, { predictionId: undefined });
    expect(foldRecords(lmStudio, recordsOf(lines(unnamed(1), unnamed(2))))).toHaveLength(2);
  });
});

describe('places', () => {
  it('are the chats of new and old versions', () => {
    const paths = lmStudio
      .locations({ platform: 'win32', home: 'C:\\Users\\a', env: {} })
      .map(({ path }) => path);
    expect(paths).toEqual([
      'C:\\Users\\a\\.lmstudio\\conversations',
      'C:\\Users\\a\\.cache\\lm-studio\\conversations',
    ]);
    expect(lmStudio.fileKind('work/1.conversation.json')).toBe('document');
    expect(lmStudio.fileKind('work/1.json')).toBeNull();
  });
});
