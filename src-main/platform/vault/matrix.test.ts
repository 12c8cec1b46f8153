import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempDir } from '../../testing/temp-dir.ts';
import { type TestKeySlot, testKeySlot } from '../../testing/vault/key-slot.ts';
import { startTestVault } from '../../testing/vault/test-vault.ts';
import type { Vault } from './vault.ts';

const origin = 'https://api.example.com';
const old = { owner: 'connection:1', field: 'apiKey' };
const oldValue = ['old', 'key', 'for', 'tests', '0001'].join('-');
const next = { owner: 'connection:2', field: 'apiKey' };
const nextValue = ['new', 'key', 'for', 'tests', '0002'].join('-');

interface Place {
  readonly dir: string;
  readonly keyring: TestKeySlot;
}

const start = ({ dir, keyring }: Place): Vault => startTestVault({ dataDir: dir, keySlots: [keyring] });

async function withOldKey(place: Place, then: (keyring: TestKeySlot) => void): Promise<Vault> {
  await start(place).put(old, oldValue, origin);
  then(place.keyring);
  return start(place);
}

/** T2.1: what a backend can be like when a vault is used, after a run in which it kept one key. */
const states: Record<string, (place: Place) => Promise<Vault>> = {
  none: async (place) => {
    place.keyring.state = 'absent';
    return start(place);
  },
  'D-Bus only': (place) => withOldKey(place, (keyring) => keyring.become('absent')),
  locked: (place) => withOldKey(place, (keyring) => keyring.become('locked')),
  unlocked: (place) => withOldKey(place, () => undefined),
  changed: (place) => withOldKey(place, (keyring) => keyring.forget()),
  'gone mid-run': async (place) => {
    const vault = await withOldKey(place, () => undefined);
    await vault.get(old, origin);
    place.keyring.state = 'absent';
    return vault;
  },
};

const operations: Record<string, (vault: Vault) => Promise<unknown>> = {
  set: (vault) => vault.put(next, nextValue, origin),
  get: (vault) => vault.get(old, origin),
  list: async (vault) => vault.hints().length,
  delete: (vault) => vault.remove(old.owner),
  rotate: (vault) => vault.rotate(),
};

/** The stated outcome of each cell: what it answers with, or the code it fails with. */
const outcomes: Record<string, Record<string, unknown>> = {
  none: { set: 'for the session', get: null, list: 0, delete: 'done', rotate: 'NOT_FOUND' },
  'D-Bus only': {
    set: 'VAULT_LOCKED',
    get: 'VAULT_LOCKED',
    list: 1,
    delete: 'VAULT_LOCKED',
    rotate: 'VAULT_LOCKED',
  },
  locked: {
    set: 'VAULT_LOCKED',
    get: 'VAULT_LOCKED',
    list: 1,
    delete: 'VAULT_LOCKED',
    rotate: 'VAULT_LOCKED',
  },
  unlocked: { set: 'kept', get: oldValue, list: 1, delete: 'done', rotate: 'done' },
  changed: {
    set: 'VAULT_LOCKED',
    get: 'VAULT_LOCKED',
    list: 1,
    delete: 'VAULT_LOCKED',
    rotate: 'VAULT_LOCKED',
  },
  'gone mid-run': { set: 'kept', get: oldValue, list: 1, delete: 'done', rotate: 'BAD_INPUT' },
};

async function outcomeOf(operation: string, vault: Vault): Promise<unknown> {
  try {
    const answer = await operations[operation]?.(vault);
    if (operation !== 'set') return answer ?? (operation === 'get' ? null : 'done');
    const hint = vault.hints().find(({ owner }) => owner === next.owner);
    expect(await vault.get(next, origin)).toBe(nextValue);
    return hint?.isSessionOnly ? 'for the session' : 'kept';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const cells = Object.keys(states).flatMap((state) =>
  Object.keys(operations).map((one) => [state, one] as const),
);

describe('every backend state with every operation', () => {
  test.each(cells)('%s: %s', async (state, operation) => {
    using dir = tempDir();
    const keyring = testKeySlot();
    const place = { dir: dir.path, keyring };
    const vault = await states[state]?.(place);
    expect(vault).toBeDefined();
    if (vault === undefined) return;
    const path = join(dir.path, 'vault.json');
    const before = existsSync(path) ? readFileSync(path, 'utf8') : null;

    const outcome = await outcomeOf(operation, vault);
    expect(outcome).toBe(outcomes[state]?.[operation]);

    const after = existsSync(path) ? readFileSync(path, 'utf8') : null;
    const isChange = ['kept', 'done'].includes(String(outcome)) && state !== 'none';
    if (!isChange) expect(after).toBe(before);
    // Nothing in the clear, whatever happened.
    for (const value of [oldValue, nextValue]) expect(after ?? '').not.toContain(value);
    // Nothing lost: with the store as it was, each key that was not deleted is there.
    keyring.state = 'works';
    if (state === 'changed') keyring.remember();
    if (state === 'none') return;
    const later = start(place);
    expect(await later.get(old, origin)).toBe(operation === 'delete' && outcome === 'done' ? null : oldValue);
    if (outcome === 'kept') expect(await later.get(next, origin)).toBe(nextValue);
  });
});
