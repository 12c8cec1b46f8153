import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodePorts } from '../platform/node-ports.ts';
import { openDatabase } from '../store/database.ts';
import { ledgerPath } from '../store/open.ts';
import { startTestCore, type TestCore } from '../testing/core.ts';
import { type Core, createCore } from './index.ts';

const caller = { trusted: true, label: 'test' };

/** Closes a core with the sample data, all of it in the one file; answers a core on it as a host with threads makes one. */
async function reopened(t: TestCore): Promise<Core> {
  await t.call('sample.load', {});
  await t.core.stop();
  const db = openDatabase(ledgerPath(t.dataDir), 'write');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return createCore(nodePorts({ host: 'web', heavyWork: 'thread', dataDir: t.dataDir, env: {} }));
}

test('figures are there while the ledger is still being checked, and writing waits for the check', async () => {
  await using t = await startTestCore();
  const core = await reopened(t);
  try {
    const { checked } = await core.startReading();
    let isChecked = false;
    void checked.then(() => {
      isChecked = true;
    });
    const info = await core.call('app.info', {}, caller);
    expect(info).toMatchObject({ ok: true, data: { sampleData: true } });
    expect(isChecked).toBe(false);
    expect(await core.call('sample.remove', {}, caller)).toMatchObject({ ok: true });
    expect(isChecked).toBe(true);
  } finally {
    await core.stop();
  }
});

test('what is asked of a ledger found damaged is refused with the reason, and not a byte of it changes', async () => {
  await using t = await startTestCore();
  const core = await reopened(t);
  const path = ledgerPath(t.dataDir);
  const bytes = readFileSync(path);
  bytes.fill(0xff, bytes.length - 4096 * 3, bytes.length - 4096);
  writeFileSync(path, bytes);
  try {
    const { checked } = await core.startReading();
    const asked = core.call('sample.remove', {}, caller);
    await expect(checked).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    expect(await asked).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
    const later = await core.call('app.info', {}, caller);
    expect(later).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
  } finally {
    await core.stop();
  }
  expect(readFileSync(path).equals(bytes)).toBe(true);
});
