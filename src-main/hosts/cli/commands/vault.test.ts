import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { testBox } from '../test-box.ts';

const passphrase = 'a long enough phrase';
const box = testBox();

// Each passphrase costs a quarter of a second of an idle processor, as it does for the person.
describe('llmlab vault', { timeout: 90_000 }, () => {
  test('says what protects the keys where nothing does, and asks for no keyring that is not there', async () => {
    const { code, data } = await box.json('vault');
    expect([code, data.protection, data.keys]).toEqual([0, 'session', 0]);
    const { out } = await box.llmlab('vault', 'status');
    expect(out).toMatch(/forgotten when LLMLab ends\. Set a passphrase/);
  });

  test('a passphrase typed twice protects the keys; the next command asks for it and shows none of it', async () => {
    const set = await box.llmlabWith({ answers: [passphrase, passphrase] }, 'vault', 'passphrase');
    expect([set.code, set.out]).toEqual([0, expect.stringContaining('Your passphrase protects the keys')]);
    expect(set.err).toBe('New passphrase: \nThe same again: ');
    expect((await box.json('vault')).data).toMatchObject({ protection: 'passphrase', isLocked: true });
    const rotated = await box.llmlabWith({ answers: [passphrase] }, 'vault', 'rotate', '--json');
    expect(JSON.parse(rotated.out)).toMatchObject({ isLocked: false, protection: 'passphrase' });
    const wrong = await box.llmlabWith({ answers: ['wrong phrase'] }, 'vault', 'rotate');
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('does not open the keys')]);
    expect(JSON.stringify([set, rotated, wrong])).not.toContain(passphrase);
  });

  test('a slip of the fingers locks nothing away', async () => {
    const slip = await box.llmlabWith({ answers: [passphrase, 'another phrase'] }, 'vault', 'passphrase');
    expect([slip.code, slip.err]).toEqual([2, expect.stringContaining('not the same')]);
    const short = await box.llmlabWith({ answers: ['short', 'short'] }, 'vault', 'passphrase');
    expect(short.code).toBe(2);
    expect(existsSync(join(box.dataDir, 'vault.json'))).toBe(false);
  });

  test('without a person, passphrases come from the environment', async () => {
    const nobody = await box.llmlab('vault', 'passphrase');
    expect([nobody.code, nobody.err]).toEqual([2, expect.stringContaining('LLMLAB_PASSPHRASE')]);
    const env = { LLMLAB_PASSPHRASE: passphrase };
    expect((await box.llmlabWith({ env }, 'vault', 'passphrase')).code).toBe(0);
    const next = { LLMLAB_NEW_PASSPHRASE: 'the next phrase' };
    expect((await box.llmlabWith({ env: { ...env, ...next } }, 'vault', 'passphrase')).code).toBe(0);
    expect((await box.llmlabWith({ env }, 'vault', 'rotate')).code).toBe(1);
    const later = { LLMLAB_PASSPHRASE: 'the next phrase' };
    expect((await box.llmlabWith({ env: later }, 'vault', 'rotate')).code).toBe(0);
    const removed = await box.llmlabWith({ env: later }, 'vault', 'passphrase', '--remove');
    expect([removed.code, removed.err]).toEqual([2, expect.stringContaining('Nothing else protects')]);
  });

  test('a file that is there is not written over, and an import needs a file of keys', async () => {
    const env = { LLMLAB_PASSPHRASE: passphrase };
    const none = await box.llmlabWith({ env }, 'vault', 'export', 'keys.json');
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('no keys to export')]);
    expect(existsSync(join(box.dir, 'keys.json'))).toBe(false);
    const missing = await box.llmlabWith({ env }, 'vault', 'import', 'keys.json');
    expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('could not be read')]);
  });
});

test('llmlab audit lists what was changed, and verify finds what was changed since', async () => {
  expect((await box.llmlab('audit')).out).toBe('Nothing has been changed yet.\n');
  await box.llmlab('settings', 'set', 'weekStart', 'sunday');
  await box.llmlab('accounts', 'add', 'Work', '--kind', 'api', '--provider', 'openai');
  const { data } = await box.json('audit', '--limit', '1');
  expect(data).toMatchObject({ total: 2, entries: [{ id: 2, action: 'account.added', subject: 'Work' }] });
  expect((await box.llmlab('audit')).out).toMatch(/1 .* cli +setting\.changed +weekStart/);
  expect((await box.llmlab('audit', '--limit', 'many')).code).toBe(2);
  expect((await box.json('audit', 'verify')).data).toMatchObject({ isSound: true, entries: 2 });
  const db = new Database(join(box.dataDir, 'ledger.db'));
  db.exec("UPDATE audit SET subject = 'Play' WHERE id = 2");
  db.close();
  const found = await box.llmlab('audit', 'verify');
  expect([found.code, found.out]).toEqual([1, expect.stringContaining('Entry 2 is not what was written')]);
  if (process.platform !== 'win32') expect(statSync(box.dataDir).mode & 0o077).toBe(0);
});
