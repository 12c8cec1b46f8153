import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { ledgerPath } from '../store/open.ts';
import { startTestCore, type TestCore } from '../testing/core.ts';
import { testKeySlot } from '../testing/vault/key-slot.ts';
import { testProvider } from '../testing/vendors/test-provider.ts';

const passphrase = 'a long enough phrase';

/** Changes the ledger behind LLMLab's back. */
function tamper(box: TestCore, sql: string): void {
  const db = new Database(ledgerPath(box.dataDir));
  db.exec(sql);
  db.close();
}

async function change(box: TestCore, theme: 'light' | 'dark'): Promise<void> {
  await box.call('settings.save', { theme });
  // Not waited for by the call: the next entry comes after it.
  await box.call('accounts.save', { name: `Account ${theme}`, kind: 'api', provider: 'openai', fee: null });
}

test('changes of settings, accounts, sources and prices are written down with what they were, newest first', async () => {
  await using box = await startTestCore();
  await change(box, 'dark');
  const { accounts } = await box.call('accounts.list', {});
  const id = accounts[0]?.id ?? 0;
  await box.call('accounts.save', { id, name: 'Work', kind: 'api', provider: 'openai', fee: null });
  const { id: price } = await box.call('prices.saveOverride', {
    ...{ provider: 'openai', model: 'house-model', from: '2026-01-01' },
    ...{ input: '1', output: '2' },
  });
  await box.call('prices.removeOverride', { id: price });
  await box.call('accounts.remove', { id });
  const { entries, total } = await box.call('audit.list', {});
  expect(total).toBe(6);
  expect(entries.map(({ action, subject }) => [action, subject])).toEqual([
    ['account.removed', 'Work'],
    ['price.removed', 'openai/house-model'],
    ['price.saved', 'openai/house-model'],
    ['account.changed', 'Work'],
    ['account.added', 'Account dark'],
    ['setting.changed', 'theme'],
  ]);
  expect(entries[5]).toMatchObject({ actor: 'cli', details: { from: 'system', to: 'dark' } });
  expect(entries[3]?.details).toMatchObject({ from: { name: 'Account dark' }, to: { name: 'Work' } });
  expect(await box.call('audit.list', { offset: 4, limit: 1 })).toMatchObject({
    entries: [{ id: 2 }],
    total,
  });
  expect(await box.call('audit.verify', {})).toMatchObject({ isSound: true, proof: 'chain', entries: 6 });
});

test('a setting saved as it was is no change', async () => {
  await using box = await startTestCore();
  await box.call('settings.save', { theme: 'system' });
  await change(box, 'light');
  expect((await box.call('audit.list', {})).total).toBe(2);
});

test('a key that cannot be written down is not saved, and one that cannot be saved is said to be', async () => {
  const keyring = testKeySlot();
  await using box = await startTestCore({ keySlots: [keyring], providers: [testProvider()] });
  const key = (n: number) => ['fake', 'key', 'for', 'tests', `000${n}`].join('-');
  const { id } = await box.call('connections.save', { provider: 'made-up', secrets: { apiKey: key(1) } });
  tamper(box, "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END");
  const change = { id, provider: 'made-up', secrets: { apiKey: key(2) } };
  await expect(box.call('connections.save', change)).rejects.toBeDefined();
  const ends = async () =>
    (await box.call('connections.list', {})).connections[0]?.secrets.map(({ endsWith }) => endsWith);
  expect(await ends()).toEqual(['0001']);
  tamper(box, 'DROP TRIGGER full');
  await box.call('connections.save', change);
  expect(await ends()).toEqual(['0002']);
  const { entries } = await box.call('audit.list', {});
  expect(entries.filter(({ action }) => action === 'key.saved')).toHaveLength(2);
  expect(JSON.stringify(entries)).not.toMatch(/fake-key/);
  expect(await box.call('audit.verify', {})).toMatchObject({ isSound: true });
});

test('an edited, removed or cut entry is found and named', async () => {
  for (const [sql, firstBadId, words] of [
    ["UPDATE audit SET details = '{}' WHERE id = 2", 2, /Entry 2 is not what was written/],
    ['DELETE FROM audit WHERE id = 1', 1, /Entry 1 is missing/],
    ['DELETE FROM audit WHERE id > 2', 3, /Entry 3 is missing/],
    [
      `INSERT INTO audit SELECT 5, at, actor, action, subject, details, hash FROM audit WHERE id = 4`,
      5,
      /Entry 5/,
    ],
  ] as const) {
    await using box = await startTestCore();
    await change(box, 'light');
    await change(box, 'dark');
    tamper(box, sql);
    const check = await box.call('audit.verify', {});
    expect(check).toMatchObject({ isSound: false, firstBadId });
    expect(check.explanation).toMatch(words);
    // And it is still shown.
    await box.call('audit.list', {});
  }
});

test('a vault seals the log, and a log written anew as a whole does not pass', async () => {
  await using box = await startTestCore({ keySlots: [testKeySlot()] });
  await box.call('vault.setPassphrase', { next: passphrase });
  await change(box, 'light');
  await box.restart();
  const sound = await box.call('audit.verify', {});
  expect(sound).toMatchObject({ isSound: true, proof: 'sealed', firstBadId: null });
  expect(sound.explanation).toMatch(/sealed/);
  await box.call('vault.rotate', { passphrase });
  expect(await box.call('audit.verify', {})).toMatchObject({ isSound: true, proof: 'sealed' });

  // Someone who knows how the chain is made removes everything after the first entry and makes a head that fits.
  const db = new Database(ledgerPath(box.dataDir));
  const head = JSON.parse(
    db.prepare("SELECT value FROM meta WHERE key = 'audit_head'").pluck().get() as string,
  );
  db.exec('DELETE FROM audit WHERE id > 1');
  const hash = db.prepare('SELECT hash FROM audit WHERE id = 1').pluck().get();
  const forged = JSON.stringify({ count: 1, hash, seal: { ...head.seal, count: 1, hash } });
  db.prepare("UPDATE meta SET value = ? WHERE key = 'audit_head'").run(forged);
  db.close();
  const check = await box.call('audit.verify', {});
  expect(check).toMatchObject({ isSound: false, proof: 'sealed', firstBadId: null });
  expect(check.explanation).toMatch(/written anew/);
  // What is written after it does not launder it.
  await change(box, 'dark');
  expect(await box.call('audit.verify', {})).toMatchObject({ isSound: false });
});

test('a locked vault leaves the chain, and says that the end is not proved', async () => {
  await using box = await startTestCore();
  await box.call('vault.setPassphrase', { next: passphrase });
  await change(box, 'light');
  await box.call('vault.lock', {});
  const locked = await box.call('audit.verify', {});
  expect(locked).toMatchObject({ isSound: true, proof: 'chain' });
  expect(locked.explanation).toMatch(/vault is locked/);
  await change(box, 'dark');
  await box.call('vault.unlock', { passphrase });
  const later = await box.call('audit.verify', {});
  expect(later.explanation).toMatch(/2 after it were written while the vault was not open/);
});
