import { expect, test } from 'vitest';
import { testBox } from '../test-box.ts';

const box = testBox();

const aliases = async () => (await box.json('settings', 'get', 'modelAliases')).data.modelAliases;

test('names for models are added one vendor at a time and taken back alike', async () => {
  await box.llmlab('settings', 'set', 'modelAliases', 'fast=openai/gpt-5.4-mini');
  await box.llmlab('settings', 'set', 'modelAliases', 'fast=openrouter/openai/gpt-5.4-mini');
  expect(await aliases()).toEqual({ fast: { openai: 'gpt-5.4-mini', openrouter: 'openai/gpt-5.4-mini' } });
  await box.llmlab('settings', 'set', 'modelAliases', 'fast=openai/');
  await box.llmlab('settings', 'set', 'modelAliases', 'fast=openrouter/');
  expect(await aliases()).toEqual({});
});

test('a value that means nothing is refused and changes nothing', async () => {
  expect((await box.llmlab('settings', 'set', 'modelAliases', 'fast')).code).toBe(2);
  expect((await box.llmlab('settings', 'set', 'debugLog', 'loud')).code).toBe(2);
  await box.llmlab('settings', 'set', 'debugLog', 'redacted');
  expect((await box.json('settings', 'get', 'debugLog')).data).toEqual({ debugLog: 'redacted' });
});
