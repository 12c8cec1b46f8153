import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MessageBoxOptions } from 'electron';
import { expect, test } from 'vitest';
import { createMending } from '../../core/repair.ts';
import { AppError } from '../../platform/error.ts';
import { startTestCore, type TestCore } from '../../testing/core.ts';
import { writeExport } from '../../testing/faults/made-up.ts';
import { offerWaysOut } from './damaged.ts';

const damage = new AppError('STORE_DAMAGED', 'damaged');

/** A person who presses the named button, and what was shown to them. */
function person(presses: string) {
  const shown: MessageBoxOptions[] = [];
  const showBox = async (options: MessageBoxOptions) => {
    shown.push(options);
    return { response: Math.max(0, options.buttons?.indexOf(presses) ?? 0) };
  };
  return { shown, showBox };
}

/** A stopped core whose ledger, of 500 records and a backup, has lost its end. */
async function damaged(): Promise<TestCore> {
  const t = await startTestCore();
  const path = join(t.dir, 'activity.csv');
  writeExport(path, 1, 500);
  await t.call('imports.commit', { file: { path } });
  await t.call('backups.create', {});
  await t.core.stop();
  truncateSync(join(t.dataDir, 'ledger.db'), 60_000);
  return t;
}

const mendingOf = (t: TestCore) => createMending({ dataDir: t.dataDir, clock: { now: () => t.now } });

test('repair saves what is left, says so, and LLMLab starts again', async () => {
  await using t = await damaged();
  await expect(t.restart()).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
  const { shown, showBox } = person('Repair');
  expect(await offerWaysOut(damage, mendingOf(t), showBox)).toBe(true);
  expect(shown[0]?.detail).toContain('holds 500 records');
  expect(shown[1]?.detail).toContain('The damaged ledger is kept at');
  await t.restart();
  expect((await t.call('ledger.verify', {})).damaged).toEqual([]);
});

test('the newest backup takes the place of the ledger when that is chosen', async () => {
  await using t = await damaged();
  expect(await offerWaysOut(damage, mendingOf(t), person('Restore the backup').showBox)).toBe(true);
  await t.restart();
  expect((await t.call('app.info', {})).records).toBe(500);
});

test('who quits has everything as it was', async () => {
  await using t = await damaged();
  const before = readFileSync(join(t.dataDir, 'ledger.db'));
  expect(await offerWaysOut(damage, mendingOf(t), person('Quit').showBox)).toBe(false);
  expect(readFileSync(join(t.dataDir, 'ledger.db')).equals(before)).toBe(true);
});

test('nothing is offered for other trouble, and a file nothing can be read from is told, not replaced', async () => {
  await using t = await damaged();
  const { shown, showBox } = person('Repair');
  const locked = new AppError('STORE_LOCKED', 'already running');
  await expect(offerWaysOut(locked, mendingOf(t), showBox)).rejects.toBe(locked);
  expect(shown).toEqual([]);
  writeFileSync(join(t.dataDir, 'ledger.db'), 'this is my diary');
  await expect(offerWaysOut(damage, mendingOf(t), showBox)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
  expect(readFileSync(join(t.dataDir, 'ledger.db'), 'utf8')).toBe('this is my diary');
});
