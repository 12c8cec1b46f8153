import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startTestCore, type TestCore, type TestCoreOptions } from '../testing/core.ts';
import { testKeySlot } from '../testing/vault/key-slot.ts';
import { testProvider } from '../testing/vendors/test-provider.ts';

const passphrase = 'a long enough phrase';
const fakeKey = ['fake', 'key', 'for', 'tests', 'a1b2'].join('-');

const started = (keySlots: TestCoreOptions['keySlots'] = []) =>
  startTestCore({ providers: [testProvider()], keySlots });

const connect = (box: TestCore, name: string) =>
  box.call('connections.save', { provider: 'made-up', name, secrets: { apiKey: fakeKey } });

test('the status says in words what protects the keys, also before there are any', async () => {
  await using bare = await started();
  expect(await bare.call('vault.status', {})).toMatchObject({
    protection: 'session',
    keys: 0,
    isLocked: false,
  });
  expect((await bare.call('vault.status', {})).explanation).toMatch(/forgotten when LLMLab ends/);
  const keyring = testKeySlot();
  await using box = await started([keyring]);
  expect((await box.call('vault.status', {})).explanation).toMatch(
    /keyring .* will protect the keys you add/,
  );
  await connect(box, 'Mine');
  const status = await box.call('vault.status', {});
  expect(status).toMatchObject({ protection: 'keyring', keys: 1, asksCurrent: false });
  expect(status.explanation).toMatch(/protects the keys\. Other users/);
});

test('a passphrase is set, asked for after a restart, changed and taken away, each written down', async () => {
  const keyring = testKeySlot();
  await using box = await started([keyring]);
  keyring.state = 'absent';
  await connect(box, 'Mine');
  await box.call('vault.setPassphrase', { next: passphrase });
  await box.restart();
  expect(await box.call('vault.status', {})).toMatchObject({
    isLocked: true,
    trouble: null,
    asksCurrent: true,
  });
  await expect(connect(box, 'Other')).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
  await expect(box.call('vault.unlock', { passphrase: 'wrong phrase' })).rejects.toMatchObject({
    code: 'BAD_INPUT',
  });
  expect(await box.call('vault.unlock', { passphrase })).toMatchObject({ isLocked: false, keys: 1 });
  await connect(box, 'Other');
  await expect(box.call('vault.setPassphrase', { current: passphrase, next: null })).rejects.toThrow(
    /Nothing else/,
  );
  keyring.state = 'works';
  const status = await box.call('vault.setPassphrase', { current: passphrase, next: null });
  expect(status).toMatchObject({ protection: 'keyring', slots: ['keyring'], keys: 2 });
  await box.restart();
  expect(await box.call('vault.status', {})).toMatchObject({ isLocked: false, keys: 2 });
  const { entries } = await box.call('audit.list', {});
  const actions = entries.map(({ action }) => action).filter((action) => action.startsWith('vault.'));
  expect(actions).toEqual(['vault.passphrase-removed', 'vault.passphrase-set']);
});

test('an export is handed over once, says nothing without its passphrase, and comes back into the same ledger', async () => {
  await using box = await started([testKeySlot()]);
  await expect(box.call('vault.export', { passphrase })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const { id } = await connect(box, 'Mine');
  const exported = await box.call('vault.export', { passphrase });
  expect(exported).toMatchObject({ fileName: 'llmlab-keys-2026-11-20.json', keys: 1 });
  const file = box.core.exportFile(exported.exportId);
  const text = readFileSync(file?.path ?? '', 'utf8');
  expect(text).not.toContain(fakeKey);
  expect(box.core.exportFile(exported.exportId)).toBeNull();

  const path = join(box.dir, 'keys.json');
  writeFileSync(path, text);
  const again = { file: { path }, passphrase };
  expect(await box.call('vault.import', again)).toEqual({ added: 0, replaced: 0, skipped: 1 });
  await box.call('connections.remove', { id });
  // A key without its connection would lie there unseen.
  expect(await box.call('vault.import', again)).toEqual({ added: 0, replaced: 0, skipped: 1 });
  await expect(box.call('vault.import', { ...again, passphrase: 'wrong phrase' })).rejects.toMatchObject({
    code: 'BAD_INPUT',
  });
  await expect(
    box.call('vault.import', { file: { path: join(box.dir, 'none.json') }, passphrase }),
  ).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
});

test('a vault that cannot be read is told, and left as it is', async () => {
  await using box = await started([testKeySlot()]);
  await connect(box, 'Mine');
  const path = join(box.dataDir, 'vault.json');
  const text = readFileSync(path, 'utf8').replace('"version": 1', '"version": 7');
  writeFileSync(path, text);
  const status = await box.call('vault.status', {});
  expect(status).toMatchObject({ isLocked: true, trouble: expect.stringContaining('newer LLMLab') });
  await expect(box.call('vault.setPassphrase', { next: passphrase })).rejects.toMatchObject({
    code: 'UNSUPPORTED',
  });
  await expect(connect(box, 'Other')).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
  expect(readFileSync(path, 'utf8')).toBe(text);
});
