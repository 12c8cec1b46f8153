import { describe, expect, test } from 'vitest';
import { type Callable, resolveModel } from './resolve-model.ts';

const maker: Callable = {
  connectionId: 1,
  name: 'Work key',
  provider: 'acme',
  kind: 'vendor',
  models: [{ id: 'acme-large-2', canonical: 'acme-large-2' }],
};
const gateway: Callable = {
  connectionId: 2,
  name: 'Router',
  provider: 'gate',
  kind: 'gateway',
  models: [
    { id: 'acme/acme-large-2', canonical: 'acme-large-2' },
    { id: 'other/tiny', canonical: 'tiny' },
  ],
};
const second: Callable = { ...maker, connectionId: 3, name: 'Home key' };

const ask = (model: string, connections: readonly Callable[], connectionId?: number) =>
  resolveModel({ model, connectionId }, connections, {});

describe('a name finds', () => {
  test.each([
    ['the maker before a gateway', 'acme-large-2', [maker, gateway], 1, 'acme-large-2'],
    ['a gateway by another spelling', 'tiny', [maker, gateway], 2, 'other/tiny'],
    ['a provider by its prefix', 'gate/other/tiny', [maker, gateway], 2, 'other/tiny'],
    ['a connection by its name', 'home key/acme-large-2', [maker, second], 3, 'acme-large-2'],
    ['a whole id with a slash of its own', 'other/tiny', [gateway], 2, 'other/tiny'],
    [
      "a gateway's id that begins with a vendor's name",
      'acme/acme-large-2',
      [gateway],
      2,
      'acme/acme-large-2',
    ],
    [
      'a model no list has, where the connection is named',
      'Router/brand/new',
      [maker, gateway],
      2,
      'brand/new',
    ],
  ] as const)('%s', (_, model, connections, connectionId, id) => {
    expect(ask(model, connections)).toEqual({ connectionId, model: id });
  });
});

test('an alias names each vendor its own id, whatever their lists hold', () => {
  const aliases = { smart: { acme: 'acme-large-2', gate: 'other/smart' } };
  expect(resolveModel({ model: 'Smart', connectionId: 2 }, [maker, gateway], aliases)).toEqual({
    connectionId: 2,
    model: 'other/smart',
  });
  expect(resolveModel({ model: 'smart' }, [maker, gateway], aliases).connectionId).toBe(1);
});

test('two keys of one vendor are never guessed between: which account pays is the user’s choice', () => {
  expect(() => ask('acme-large-2', [maker, second])).toThrow(
    'Several connections know "acme-large-2". Say which: Work key/acme-large-2, Home key/acme-large-2.',
  );
  expect(() => ask('acme/unknown', [maker, second])).toThrow('Work key/unknown');
  expect(ask('acme-large-2', [maker, second], 3).connectionId).toBe(3);
});

test('what nobody lists is not sent anywhere', () => {
  expect(() => ask('gone', [maker, gateway])).toThrow('No connection lists a model "gone"');
  expect(() => ask('acme-large-2', [])).toThrow('Add a key first');
  expect(() => ask('acme-large-2', [maker], 9)).toThrow('cannot be called');
});
