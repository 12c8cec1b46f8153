import { expect, test } from 'vitest';
import { tempDir } from '../../testing/temp-dir.ts';
import { startTestVault } from '../../testing/vault/test-vault.ts';
import { type SafeStorageAsync, safeStorageSlot } from './safe-storage.ts';

interface Store {
  prefix?: string;
  isAvailable?: boolean;
  shouldReEncrypt?: boolean;
  refusal?: string;
  hangs?: boolean;
}

/** What Electron does as far as a slot sees it: a prefix that names the key, and the text behind it. */
function electronStore(store: Store): SafeStorageAsync {
  const answer = async <T>(value: T): Promise<T> => {
    if (store.hangs) return new Promise(() => undefined);
    if (store.refusal !== undefined) throw new Error(store.refusal);
    return value;
  };
  return {
    isAsyncEncryptionAvailable: () => answer(store.isAvailable ?? true),
    encryptStringAsync: (text) => answer(Buffer.from(`${store.prefix ?? 'v11'}${text}`)),
    decryptStringAsync: (bytes) =>
      answer({
        result: bytes.subarray(3).toString('utf8'),
        shouldReEncrypt: store.shouldReEncrypt ?? false,
      }),
  };
}

const slotOf = (store: Store, platform: 'linux' | 'darwin' | 'win32' = 'linux') =>
  safeStorageSlot({ safeStorage: electronStore(store), platform, timeoutMs: 50 });
const key = Buffer.alloc(32, 7);

test.each(['v11', 'v12'])('a key wrapped under %s comes back, with its wish for renewal', async (prefix) => {
  const slot = slotOf({ prefix, shouldReEncrypt: true });
  expect(await slot.probe()).toEqual({ ok: true });
  expect(await slot.unwrap(await slot.wrap(key))).toEqual({ key, isStale: true });
});

test('on Linux the hard-coded key, and one of an unknown kind, protect nothing; elsewhere the prefix says nothing', async () => {
  for (const prefix of ['v10', 'v99', '']) {
    const slot = slotOf({ prefix });
    expect(await slot.probe()).toMatchObject({
      ok: false,
      why: expect.stringContaining('same on every computer'),
    });
    // Also where the store falls back to it between the probe and the key.
    await expect(slot.wrap(key)).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
  }
  expect(await slotOf({ prefix: 'v10' }, 'darwin').probe()).toEqual({ ok: true });
  expect(await slotOf({ prefix: 'v10' }, 'win32').probe()).toEqual({ ok: true });
});

test('a store that is not there, refuses, is busy or hangs says so, and in time', async () => {
  expect(await slotOf({ isAvailable: false }).probe()).toMatchObject({ ok: false });
  expect(await slotOf({ hangs: true }).probe()).toMatchObject({
    ok: false,
    why: expect.stringContaining('does not answer'),
  });
  await expect(slotOf({ refusal: 'bad decrypt' }).unwrap('djEx')).rejects.toThrow(/another user/);
  await expect(slotOf({ refusal: 'Encryption is temporarily unavailable' }).unwrap('djEx')).rejects.toThrow(
    /busy/,
  );
});

test('a vault never falls back to the hard-coded key: its keys stay in memory', async () => {
  using dir = tempDir();
  const vault = startTestVault({ dataDir: dir.path, keySlots: [slotOf({ prefix: 'v10' })] });
  await vault.put(
    { owner: 'connection:1', field: 'apiKey' },
    'fake-key-for-tests',
    'https://api.example.com',
  );
  expect(vault.hints()[0]?.isSessionOnly).toBe(true);
  const state = await vault.state();
  expect(state).toMatchObject({ protection: 'session', trouble: expect.stringContaining('every computer') });
});
