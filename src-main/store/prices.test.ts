import { expect, test } from 'vitest';
import { tempDir } from '../testing/temp-dir.ts';
import { makeDataDir, openLedger } from './open.ts';
import { listAliases, listOverrides, saveAlias, saveOverride } from './prices.ts';

function openEmpty(path: string) {
  makeDataDir(path);
  return openLedger(path, { now: () => Date.UTC(2026, 10, 20) });
}

const price = { id: null, provider: 'acme', model: 'm', valid_from: '2026-01-01', body: '{}' };
const alias = { id: null, provider: 'acme', alias: 'a', to_provider: 'openai', to_model: 'gpt-5' };

test('a price moved onto the date of another is refused in words, not as a broken constraint, and nothing changes', () => {
  using dir = tempDir();
  const db = openEmpty(dir.path);
  saveOverride(db, price);
  const second = saveOverride(db, { ...price, valid_from: '2026-02-01' });
  const before = listOverrides(db);
  for (const model of ['m', 'M'])
    expect(() => saveOverride(db, { ...price, model, id: second })).toThrow(
      expect.objectContaining({
        code: 'BAD_INPUT',
        message: `There is already a price for ${model} from 2026-01-01; change that one.`,
      }),
    );
  expect(listOverrides(db)).toEqual(before);
  db.close();
});

test('an alias moved onto the name of another is refused in words', () => {
  using dir = tempDir();
  const db = openEmpty(dir.path);
  saveAlias(db, alias);
  const second = saveAlias(db, { ...alias, alias: 'b' });
  const before = listAliases(db);
  for (const name of ['a', 'A'])
    expect(() => saveAlias(db, { ...alias, alias: name, id: second })).toThrow(
      expect.objectContaining({
        code: 'BAD_INPUT',
        message: `There is already an alias for ${name}; change that one.`,
      }),
    );
  expect(listAliases(db)).toEqual(before);
  db.close();
});

test('a row keeps its id when it is changed in place', () => {
  using dir = tempDir();
  const db = openEmpty(dir.path);
  const id = saveOverride(db, price);
  expect(saveOverride(db, { ...price, id, body: '{"input":"1"}' })).toBe(id);
  expect(listOverrides(db)).toEqual([{ ...price, id, body: '{"input":"1"}' }]);
  db.close();
});

test('a name entered again in another case replaces its row: pricing could not tell two of them apart', () => {
  using dir = tempDir();
  const db = openEmpty(dir.path);
  const id = saveOverride(db, price);
  expect(saveOverride(db, { ...price, model: 'M', body: '{"input":"2"}' })).toBe(id);
  expect(listOverrides(db)).toEqual([{ ...price, id, model: 'M', body: '{"input":"2"}' }]);
  const aliasId = saveAlias(db, alias);
  expect(saveAlias(db, { ...alias, alias: 'A', to_model: 'gpt-5-mini' })).toBe(aliasId);
  expect(listAliases(db)).toEqual([{ ...alias, id: aliasId, alias: 'A', to_model: 'gpt-5-mini' }]);
  db.close();
});
