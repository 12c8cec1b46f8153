import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { utcDay } from '../../src-main/ledger/day.ts';
import { openDatabase } from '../../src-main/store/database.ts';
import { createFacets } from '../../src-main/store/facets.ts';
import { ledgerPath } from '../../src-main/store/open.ts';
import type { StoredRecord } from '../../src-main/store/records.ts';
import { createRollups } from '../../src-main/store/rollups.ts';
import { type Truth, wrongCells } from '../generate/truth.ts';
import { cellsOf } from '../measure/cells.ts';
import { report } from '../measure/child.ts';
import { startBenchCore } from '../measure/core.ts';
import { median } from '../measure/table.ts';

/** Every query of the Overview on a large ledger, each asked many times; then what the rollups cost per 1,000 rows. */
const [dir = ''] = process.argv.slice(2);
const year = { from: '2025-11-01', to: '2026-10-31' };
const month = { from: '2026-10-01', to: '2026-10-31' };
const truth = JSON.parse(readFileSync(join(dir, 'truth.json'), 'utf8')) as Truth;
const dataDir = `${dir}-run`;
rmSync(dataDir, { recursive: true, force: true });
cpSync(dir, dataDir, { recursive: true });
const bench = await startBenchCore({ dataDir });

const queries = {
  'report.run by day and model, 12 months': () =>
    bench.call('report.run', { by: ['day', 'model'], filters: year }),
  'report.run totals, 12 months': () => bench.call('report.run', { by: [], filters: year }),
  'report.run by model, a month': () => bench.call('report.run', { by: ['model'], filters: month }),
  'report.run by project, a month': () => bench.call('report.run', { by: ['project'], filters: month }),
  'report.run by day, model and project, 12 months': () =>
    bench.call('report.run', { by: ['day', 'model', 'project'], filters: year }),
  'report.heat, a month': () => bench.call('report.heat', { filters: month }),
  'report.heat, 12 months': () => bench.call('report.heat', { filters: year }),
  'report.pace': () => bench.call('report.pace', { filters: month }),
  'report.values': () => bench.call('report.values', {}),
  'app.info': () => bench.call('app.info', {}),
  'sources.list': () => bench.call('sources.list', {}),
  'accounts.list': () => bench.call('accounts.list', {}),
  'activity.list, first page': () => bench.call('activity.list', { filters: {} }),
  'activity.list, first page of a month': () => bench.call('activity.list', { filters: month }),
};

const times: Record<string, number> = {};
for (const [name, ask] of Object.entries(queries)) {
  const runs: number[] = [];
  const until = performance.now() + 2_000;
  for (let run = 0; run < 21 && performance.now() < until; run++) {
    const begin = performance.now();
    await ask();
    runs.push(performance.now() - begin);
  }
  times[name] = median(runs);
}
const wrong = wrongCells(truth, await cellsOf(bench));
await bench.core.stop();
report({ times, wrong, upkeepMs: rollupUpkeep() });
rmSync(dataDir, { recursive: true, force: true });

/** Deltas of 1,000 rows counted and written, in a transaction that is taken back. */
function rollupUpkeep(): number {
  const db = openDatabase(ledgerPath(dataDir), 'write');
  const rows = db.prepare('SELECT * FROM records ORDER BY at DESC LIMIT 1000').all() as StoredRecord[];
  const facets = createFacets(db);
  const rollups = createRollups(db);
  const runs = Array.from({ length: 11 }, () => {
    db.exec('BEGIN IMMEDIATE');
    const begin = performance.now();
    for (const row of rows) {
      const day = utcDay(row.at);
      rollups.count(facets.byId(row.facet_id), row, day, { day, hour: 12 }, 1);
    }
    rollups.flush();
    const ms = performance.now() - begin;
    db.exec('ROLLBACK');
    return ms;
  });
  db.close();
  return median(runs);
}
