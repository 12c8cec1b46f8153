import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../store/database.ts';
import { ledgerPath } from '../store/open.ts';
import { samplesDir, startTestCore } from '../testing/core.ts';

test('a call two tools wrote down comes again when the import that brought it is undone', async () => {
  await using t = await startTestCore();
  const session = readFileSync(join(samplesDir, 'pi_session.jsonl'), 'utf8');
  const more = session.replace(/"id":"c3d4e5f6"/, '"id":"0c3d4e5f"').replace('msg_pi_1', 'msg_pi_9');
  for (const [folder, content] of [
    ['.omp', session],
    ['.pi', `${session}${more}`],
  ] as const) {
    const sessions = join(t.home, folder, 'agent', 'sessions');
    mkdirSync(sessions, { recursive: true });
    writeFileSync(join(sessions, 'session.jsonl'), content);
  }
  const importOf = async (tool: string): Promise<number> =>
    (await t.call('scan.run', { tools: [tool] })).tools[0]?.importId ?? 0;
  const first = await importOf('omp');
  expect(await importOf('pi')).toBeGreaterThan(first);
  const all = (await t.call('app.info', {})).records;
  await t.call('imports.undo', { importId: first });
  await t.call('scan.run', { tools: ['pi'] });
  expect((await t.call('app.info', {})).records).toBe(all);
});

test('a row that states several charges is one row: new, then a duplicate, then taken back with all of them', async () => {
  await using t = await startTestCore();
  const file = { path: join(samplesDir, 'gcp_bigquery_export.jsonl') };
  const commit = async () => (await t.call('imports.commit', { file })).files[0];
  const records = async () => (await t.call('app.info', {})).records;
  const first = await commit();
  const all = await records();
  expect(first?.counts).toMatchObject({ duplicate: 0 });
  expect(first?.counts.accepted).toBeGreaterThan(0);
  expect(all).toBeGreaterThan(first?.counts.accepted ?? 0);
  expect(await commit()).toMatchObject({
    importId: null,
    counts: { accepted: 0, duplicate: first?.counts.accepted },
  });
  await t.call('imports.undo', { importId: first?.importId ?? 0 });
  expect(await records()).toBe(0);
});

test('an undo that meets a record whose facet is gone says that the ledger is damaged, and changes nothing', async () => {
  await using t = await startTestCore();
  const file = { path: join(samplesDir, 'openai_cost.csv') };
  const { files } = await t.call('imports.commit', { file });
  const before = (await t.call('app.info', {})).records;
  const db = openDatabase(ledgerPath(t.dataDir), 'write');
  db.exec('DELETE FROM facets');
  db.close();
  await expect(t.call('imports.undo', { importId: files[0]?.importId ?? 0 })).rejects.toMatchObject({
    code: 'STORE_DAMAGED',
  });
  expect(await t.call('ledger.verify', {})).toMatchObject({ records: before });
});
