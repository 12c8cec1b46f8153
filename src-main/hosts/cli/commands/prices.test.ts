import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { testBox } from '../test-box.ts';

const box = testBox();
const { json, llmlab } = box;

/** One call of a model nobody knows: a million tokens in, a million out. */
beforeEach(async () => {
  writeFileSync(join(box.dir, 'own.csv'), 'Day,Model,In,Out\n2026-07-01,house-model,1000000,1000000\n');
  const map = 'date=Day,model=Model,input=In,output=Out';
  const { code } = await llmlab('import', 'own.csv', '--map', map, '--map-options', 'provider=acme,zone=UTC');
  expect(code).toBe(0);
});

const cash = async () => (await json('report')).data.totals.cashNanoUsd;

describe('a price of one’s own', () => {
  it('prices the past too, is replaced by a new one for the same days, and can be taken back', async () => {
    const before = await json('prices');
    expect(before.data.unpriced).toMatchObject([{ provider: 'acme', model: 'house-model', records: 1 }]);
    const rates = ['--input', '0.25', '--output', '1.000000001', '--from', '2026-01-01'];
    const set = await json('prices', 'set', 'house-model', '--provider', 'acme', ...rates);
    expect(set).toMatchObject({
      code: 0,
      data: { repriced: 1, price: { model: 'house-model', input: '0.25' } },
    });
    expect(await cash()).toBe(1_250_000_001);
    await llmlab('prices', 'set', 'house-model', '--provider', 'acme', ...rates, '--input', '2');
    const { data } = await json('prices');
    expect(data.overrides).toMatchObject([{ id: set.data.price.id, input: '2' }]);
    expect(await cash()).toBe(3_000_000_001);
    expect((await llmlab('prices')).out).toMatch(/house-model +acme +2026-01-01 +2 +1\.000000001/);
    expect((await json('prices', 'remove', String(set.data.price.id))).data.repriced).toBe(1);
    expect(await cash()).toBe(0);
    expect((await json('report')).data.totals.unpricedCash).toBe(1);
  });

  it.each([
    ['a rate that is none', ['set', 'm', '--input', '1,5', '--output', '1'], '--input'],
    [
      'a cache rate that is none',
      ['set', 'm', '--input', '1', '--output', '1', '--cache-write-1h', 'x'],
      '1h',
    ],
    ['a missing rate', ['set', 'm', '--input', '1'], '--output'],
    [
      'a day that does not exist',
      ['set', 'm', '--input', '1', '--output', '1', '--from', '2026-02-30'],
      '--from',
    ],
    ['a number that is none', ['remove', 'house-model'], 'llmlab prices'],
    ['an alias of itself', ['alias', 'm', 'm'], 'same model'],
  ])('refuses %s before anything is opened', async (_, args, said) => {
    const { code, err } = await llmlab('prices', ...args);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });

  it('that is not there cannot be removed', async () => {
    expect((await llmlab('prices', 'remove', '99')).code).toBe(1);
    expect((await llmlab('prices', 'unalias', '99')).code).toBe(1);
  });
});

describe('a name priced as another model', () => {
  it('has that model’s price until it is taken back; said twice it is changed, not doubled', async () => {
    const alias = (model: string) =>
      json('prices', 'alias', 'house-model', model, '--provider', 'acme', '--to-provider', 'openai');
    expect((await alias('gpt-5.4-mini')).data.repriced).toBe(1);
    const mini = await cash();
    expect(mini).toBeGreaterThan(0);
    const again = await alias('gpt-5.4');
    expect(await cash()).toBeGreaterThan(mini);
    const { data } = await json('prices');
    expect(data.aliases).toMatchObject([
      { id: again.data.alias.id, toModel: 'gpt-5.4', toProvider: 'openai' },
    ]);
    expect((await json('prices', 'unalias', String(again.data.alias.id))).data.repriced).toBe(1);
    expect(await cash()).toBe(0);
  });
});

describe('sample data', () => {
  it('comes and goes as a whole; what is real stays', async () => {
    const loaded = await json('sample', 'load');
    expect(loaded.code).toBe(0);
    expect(loaded.data.imports).toBeGreaterThan(0);
    expect((await json('report')).data.totals.records).toBeGreaterThan(100);
    const removed = await json('sample', 'remove');
    expect(removed.data.removed).toBeGreaterThan(100);
    expect((await json('report')).data.totals.records).toBe(1);
    expect((await llmlab('sample')).code).toBe(2);
    expect((await llmlab('sample', 'lode')).err).toContain('load');
  });
});
