import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../testing/temp-dir.ts';
import { testKeySlot } from '../../testing/vault/key-slot.ts';
import { startTestVault } from '../../testing/vault/test-vault.ts';

const name = { owner: 'connection:1', field: 'apiKey' };
const origin = 'https://api.example.com';
const secret = ['fake', 'key', 'for', 'tests', 'a1b2'].join('-');
const passphrase = 'a long enough phrase';

test('a key survives a restart, encrypted, in a file only its owner can read', async () => {
  using dir = tempDir();
  const keyring = testKeySlot();
  const first = startTestVault({ dataDir: dir.path, keySlots: [keyring] });
  await first.put(name, secret, origin);
  const path = join(dir.path, 'vault.json');
  expect(readFileSync(path, 'utf8')).not.toContain(secret);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(dir.path)).toEqual(['vault.json']);

  const later = startTestVault({ dataDir: dir.path, keySlots: [keyring] });
  expect(later.hints()).toEqual([
    { ...name, origin, endsWith: 'a1b2', savedAt: Date.UTC(2026, 10, 28), isSessionOnly: false },
  ]);
  expect(await later.get(name, origin)).toBe(secret);
  expect(await later.state()).toEqual({
    ...{ protection: 'keyring', slots: ['keyring'], isLocked: false, trouble: null, keys: 1 },
    rotatedAt: Date.UTC(2026, 10, 28),
  });
});

test('a key is given out for the origin it was saved for and no other, also while it is kept in memory alone', async () => {
  using dir = tempDir();
  const keyring = testKeySlot();
  for (const keySlots of [[], [keyring]]) {
    const vault = startTestVault({ dataDir: dir.path, keySlots });
    await vault.put(name, secret, origin);
    await expect(vault.get(name, 'https://evil.example')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(vault.get(name, 'http://api.example.com')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await vault.get(name, origin)).toBe(secret);
    expect(await vault.get({ ...name, field: 'adminKey' }, origin)).toBeNull();
  }
});

test('an edited origin in the file gives the key to no one', async () => {
  using dir = tempDir();
  const keyring = testKeySlot();
  await startTestVault({ dataDir: dir.path, keySlots: [keyring] }).put(name, secret, origin);
  const path = join(dir.path, 'vault.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace(origin, 'https://evil.example.co'));
  const vault = startTestVault({ dataDir: dir.path, keySlots: [keyring] });
  await expect(vault.get(name, 'https://evil.example.co')).rejects.toMatchObject({ code: 'VAULT_DAMAGED' });
  await expect(vault.put(name, secret, origin)).rejects.toMatchObject({ code: 'VAULT_DAMAGED' });
});

test('without anything that protects, keys stay in memory; a passphrase set later keeps them', async () => {
  using dir = tempDir();
  const vault = startTestVault({ dataDir: dir.path });
  await vault.put(name, secret, origin);
  expect(vault.hints()[0]).toMatchObject({ isSessionOnly: true, endsWith: 'a1b2' });
  expect((await vault.state()).protection).toBe('session');
  expect(existsSync(join(dir.path, 'vault.json'))).toBe(false);
  expect(await startTestVault({ dataDir: dir.path }).get(name, origin)).toBeNull();

  await vault.setPassphrase({ next: passphrase });
  expect(vault.hints()[0]).toMatchObject({ isSessionOnly: false });
  const later = startTestVault({ dataDir: dir.path });
  await expect(later.get(name, origin)).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
  expect(await later.state()).toMatchObject({
    isLocked: true,
    trouble: null,
    protection: 'passphrase',
    keys: 1,
  });
  await expect(later.unlock('not the passphrase')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await later.unlock(passphrase);
  expect(await later.get(name, origin)).toBe(secret);
});

test('LLMLAB_PASSPHRASE protects a new vault and opens it, and a wrong one says so', async () => {
  using dir = tempDir();
  const env = { LLMLAB_PASSPHRASE: passphrase };
  await startTestVault({ dataDir: dir.path, env }).put(name, secret, origin);
  expect(await startTestVault({ dataDir: dir.path, env }).get(name, origin)).toBe(secret);
  const wrong = startTestVault({ dataDir: dir.path, env: { LLMLAB_PASSPHRASE: 'another phrase' } });
  await expect(wrong.get(name, origin)).rejects.toThrow(/LLMLAB_PASSPHRASE does not open/);
  const short = startTestVault({ dataDir: join(dir.path, '..'), env: { LLMLAB_PASSPHRASE: 'short' } });
  await expect(short.put(name, secret, origin)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

test('the passphrase is changed with the one before, which then opens nothing, and goes only where something else protects', async () => {
  using dir = tempDir();
  const vault = startTestVault({ dataDir: dir.path });
  await vault.setPassphrase({ next: passphrase });
  await vault.put(name, secret, origin);
  await expect(vault.setPassphrase({ next: 'the next phrase' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await vault.setPassphrase({ current: passphrase, next: 'the next phrase' });
  const later = startTestVault({ dataDir: dir.path });
  await expect(later.unlock(passphrase)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await later.unlock('the next phrase');
  await expect(later.setPassphrase({ current: 'the next phrase', next: null })).rejects.toThrow(
    /Nothing else/,
  );

  const keyring = testKeySlot();
  const withKeyring = startTestVault({ dataDir: dir.path, keySlots: [keyring] });
  await withKeyring.unlock('the next phrase');
  await withKeyring.setPassphrase({ current: 'the next phrase', next: null });
  expect(await startTestVault({ dataDir: dir.path, keySlots: [keyring] }).get(name, origin)).toBe(secret);
});

test('a new data key replaces the old in every way in, and asks for a passphrase it does not know', async () => {
  using dir = tempDir();
  const keyring = testKeySlot();
  const vault = startTestVault({ dataDir: dir.path, keySlots: [keyring], now: () => 5 });
  await expect(vault.rotate()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await vault.put(name, secret, origin);
  await vault.setPassphrase({ next: passphrase });
  const path = join(dir.path, 'vault.json');
  const before = readFileSync(path, 'utf8');

  const later = startTestVault({ dataDir: dir.path, keySlots: [keyring], now: () => 9 });
  await expect(later.rotate()).rejects.toMatchObject({ code: 'BAD_INPUT', data: { needsPassphrase: true } });
  await expect(later.rotate('wrong phrase')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  expect(readFileSync(path, 'utf8')).toBe(before);
  await later.rotate(passphrase);
  expect((await later.state()).rotatedAt).toBe(9);
  const data = (text: string): string[] =>
    JSON.parse(text).records.map((record: { data: string }) => record.data);
  const now = data(readFileSync(path, 'utf8'));
  expect(now.some((one) => data(before).includes(one))).toBe(false);

  const byKeyring = startTestVault({ dataDir: dir.path, keySlots: [keyring] });
  expect(await byKeyring.get(name, origin)).toBe(secret);
  const byPassphrase = startTestVault({ dataDir: dir.path });
  await byPassphrase.unlock(passphrase);
  expect(await byPassphrase.get(name, origin)).toBe(secret);
});

test('a vault of two hosts is opened by either, and not renewed by the one that would lock the other out', async () => {
  using dir = tempDir();
  const [desktop, keyring] = [testKeySlot('safe-storage'), testKeySlot()];
  await startTestVault({ dataDir: dir.path, keySlots: [keyring] }).put(name, secret, origin);
  const inDesktop = startTestVault({ dataDir: dir.path, keySlots: [desktop, keyring] });
  await inDesktop.put({ ...name, field: 'adminKey' }, secret, origin);
  expect(await startTestVault({ dataDir: dir.path, keySlots: [desktop] }).get(name, origin)).toBe(secret);

  const inCli = startTestVault({ dataDir: dir.path, keySlots: [keyring] });
  await expect(inCli.rotate()).rejects.toMatchObject({
    code: 'BAD_INPUT',
    data: { slots: ['safe-storage'] },
  });
  await inCli.setPassphrase({ next: passphrase });
  await inCli.rotate();
  expect((await inCli.state()).slots).toEqual(['keyring', 'passphrase']);
  await inDesktop.rotate(passphrase);
  expect((await inDesktop.state()).slots).toEqual(['safe-storage', 'keyring', 'passphrase']);
});

test('a store that asks for renewal gets the key anew at the next write', async () => {
  using dir = tempDir();
  const desktop = testKeySlot('safe-storage');
  await startTestVault({ dataDir: dir.path, keySlots: [desktop] }).put(name, secret, origin);
  const wrapped = (): string =>
    JSON.parse(readFileSync(join(dir.path, 'vault.json'), 'utf8')).slots[0].wrapped;
  const before = wrapped();
  desktop.isStale = true;
  const vault = startTestVault({ dataDir: dir.path, keySlots: [desktop] });
  await vault.get(name, origin);
  expect(wrapped()).toBe(before);
  await vault.put({ ...name, field: 'other' }, secret, origin);
  expect(wrapped()).not.toBe(before);
  expect(await startTestVault({ dataDir: dir.path, keySlots: [desktop] }).get(name, origin)).toBe(secret);
});

test('locked by the user, it stays locked until the user opens it', async () => {
  using dir = tempDir();
  const keySlots = [testKeySlot()];
  const vault = startTestVault({ dataDir: dir.path, keySlots });
  await vault.put(name, secret, origin);
  vault.lock();
  await expect(vault.get(name, origin)).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
  expect(await vault.state()).toMatchObject({ isLocked: true, trouble: null });
  expect(await vault.seal('x')).toBeNull();
  await vault.unlock('');
  expect(await vault.get(name, origin)).toBe(secret);
});

test('an export opens with its passphrase on another machine, and takes over only what is wanted', async () => {
  using dir = tempDir();
  using other = tempDir();
  const vault = startTestVault({ dataDir: dir.path, keySlots: [testKeySlot()] });
  await vault.put(name, secret, origin);
  await vault.put({ owner: 'connection:2', field: 'apiKey' }, `${secret}-2`, origin);
  const { text, keys } = await vault.exportTo(passphrase);
  expect(keys).toBe(2);
  expect(text).not.toContain(secret);

  const target = startTestVault({ dataDir: other.path, keySlots: [testKeySlot()] });
  await target.put(name, 'something else', origin);
  await expect(target.importFrom(text, 'wrong phrase')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await expect(target.importFrom('{"a":1}', passphrase)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  const onlyFirst = await target.importFrom(text, passphrase, ({ owner }) => owner === 'connection:1');
  expect(onlyFirst).toEqual({ added: 0, replaced: 1, skipped: 1 });
  expect(await target.importFrom(text, passphrase)).toEqual({ added: 1, replaced: 0, skipped: 1 });
  expect(await target.get(name, origin)).toBe(secret);
});

test('removing forgets one field or all of an owner, and opens nothing where there is nothing to forget', async () => {
  using dir = tempDir();
  const keyring = testKeySlot();
  const vault = startTestVault({ dataDir: dir.path, keySlots: [keyring] });
  for (const field of ['a', 'b', 'c']) await vault.put({ owner: 'connection:1', field }, secret, origin);
  await vault.put({ owner: 'connection:11', field: 'a' }, secret, origin);
  await vault.remove('connection:1', 'b');
  expect(vault.hints().map(({ owner, field }) => `${owner} ${field}`)).toEqual([
    ...['connection:1 a', 'connection:1 c', 'connection:11 a'],
  ]);
  await vault.remove('connection:1');
  expect(vault.hints()).toHaveLength(1);
  keyring.state = 'locked';
  const locked = startTestVault({ dataDir: dir.path, keySlots: [keyring] });
  await locked.remove('connection:7');
  await expect(locked.remove('connection:11')).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
});

test('seals are this vault’s own, outlast a new data key, and are no other vault’s', async () => {
  using dir = tempDir();
  using other = tempDir();
  const vault = startTestVault({ dataDir: dir.path, keySlots: [testKeySlot()] });
  expect(await vault.seal('head')).toBeNull();
  await vault.put(name, secret, origin);
  const seal = await vault.seal('head');
  expect(seal).toMatch(/^[0-9a-f]{64}$/);
  expect(await vault.seal('head!')).not.toBe(seal);
  await vault.rotate();
  expect(await vault.seal('head')).toBe(seal);
  const another = startTestVault({ dataDir: other.path, keySlots: [testKeySlot()] });
  await another.put(name, secret, origin);
  expect(await another.seal('head')).not.toBe(seal);
  // It counts as no key of the user's.
  expect(vault.hints()).toHaveLength(1);
  expect((await vault.exportTo(passphrase)).keys).toBe(1);
});

test('only so much of a key is told as does not give it away', async () => {
  using dir = tempDir();
  const vault = startTestVault({ dataDir: dir.path });
  const ends: Record<string, string> = { short: '', elevenchars: '', twelve_chars: 'rs', [secret]: 'a1b2' };
  for (const [value, endsWith] of Object.entries(ends)) {
    await vault.put(name, value, origin);
    expect(vault.hints()[0]?.endsWith).toBe(endsWith);
  }
  await expect(vault.put(name, '', origin)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});
