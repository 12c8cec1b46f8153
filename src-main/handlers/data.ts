import { type BackupFacts, listBackups } from '../store/backup.ts';
import { registerZone } from '../store/figures.ts';
import { damagedRecords } from '../store/records.ts';
import { countWrongSums } from '../store/rollup-check.ts';
import type { Handlers, Namespace } from './context.ts';

type Data =
  | Namespace<'backups'>
  | Namespace<'sample'>
  | Namespace<'exports'>
  | Namespace<'jobs'>
  | Namespace<'ledger'>;

function toOutput({ name, path, at, bytes, records, why }: BackupFacts) {
  return { name, path, at, bytes, records, why, verified: true };
}

export const dataHandlers: Handlers<Data> = {
  'backups.list': (_, context) => ({ backups: listBackups(context.ports.dataDir).map(toOutput) }),
  'backups.create': async (_, context) => ({
    backup: toOutput(
      await context.run('backUp', { why: 'manual' }, { kind: 'backup', title: 'Backing up the ledger' }),
    ),
  }),
  'backups.restore': async ({ path }, context) => {
    const restored = await context.restore(path);
    context.emit({ kind: 'ledger.changed' });
    return restored;
  },
  'sample.load': async (_, context) => {
    const imports = await context.run('loadSample', {}, { kind: 'sample', title: 'Loading sample data' });
    context.emit({ kind: 'ledger.changed' });
    return { imports };
  },
  'sample.remove': async (_, context) => {
    const { removed } = await context.run(
      'removeSample',
      {},
      { kind: 'sample', title: 'Removing sample data' },
    );
    context.emit({ kind: 'ledger.changed' });
    return { removed };
  },
  'exports.create': async ({ format, filters }, context) => {
    const file = await context.run(
      'writeExport',
      { format, filters },
      { kind: 'export', title: 'Writing an export' },
    );
    context.exports.set(file.exportId, file);
    const { exportId, fileName, mime, bytes, rows } = file;
    return { exportId, fileName, mime, bytes, rows };
  },
  'jobs.list': (_, context) => ({ jobs: [...context.jobs.list()] }),
  'jobs.cancel': ({ id }, context) => {
    context.jobs.cancel(id);
    return {};
  },
  'ledger.verify': async (_, context) => {
    const db = context.db();
    const { records, damaged } = damagedRecords(db);
    const { zone, rollupZone } = context.zone();
    // In another zone than the chosen one they are about to be counted anew in any case.
    registerZone(db, zone);
    const wrongSums = zone.name === rollupZone ? countWrongSums(db) : 0;
    // Sums that disagree with damaged records may be the ones that are right: they stay until the damage is dealt with.
    if (wrongSums > 0 && damaged.length === 0) {
      await context.run('recount', {}, { kind: 'recount', title: 'Adding the records up again' });
      context.emit({ kind: 'ledger.changed' });
    }
    return { records, damaged: [...damaged], wrongSums };
  },
};
