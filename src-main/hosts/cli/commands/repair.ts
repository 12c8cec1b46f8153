import type { Repair } from '../../../core/repair.ts';
import type { Outcome, Run } from '../command.ts';
import { exitCodes } from '../failure.ts';
import { counted, moment, number, plain, table } from '../text.ts';

/** `llmlab doctor --repair`: exit 1 when nothing can be read from the ledger; it is left as it is then. */
export async function repair(run: Run): Outcome {
  const { mendingOf } = await import('../session.ts');
  const repaired = (await mendingOf(run.io, run.dataDir)).repair();
  if (repaired === null) {
    run.print({ repaired: null }, () => 'Nothing is wrong with the ledger, and nothing was changed.');
    return exitCodes.done;
  }
  // The first start counts the sums anew.
  const { damaged } = await run.withCore(({ ask }) => ask('ledger.verify', {}));
  const { backup, ...rest } = repaired;
  const alternative = backup && { path: backup.path, at: backup.at, records: backup.records };
  run.print({ repaired: { ...rest, backup: alternative } }, () => repairText(repaired));
  return damaged.length === 0 ? exitCodes.done : exitCodes.nothing;
}

function repairText(repaired: Repair): string {
  return [
    `Saved ${counted(repaired.records, 'record')} into a new ledger.`,
    ...leftOut(repaired),
    '',
    table(
      [
        { title: 'table', cell: (row) => row.table },
        { title: 'saved', right: true, cell: (row) => number(row.saved) },
        { title: 'lost', right: true, cell: (row) => (row.lost === null ? 'unknown' : number(row.lost)) },
      ],
      repaired.tables,
    ),
    '',
    `The damaged ledger is kept at ${plain(repaired.kept)}.`,
    ...otherWays(repaired),
  ].join('\n');
}

function leftOut({ damagedRecords, withoutFacet, rebuilt }: Repair): readonly string[] {
  const standIns = Object.entries(rebuilt).flatMap(([what, rows]) =>
    rows > 0 ? [`${number(rows)} ${what}`] : [],
  );
  return [
    ...(damagedRecords > 0
      ? [`Left out: ${counted(damagedRecords, 'record')} that no longer say what was written.`]
      : []),
    ...(withoutFacet > 0
      ? [`Left out: ${counted(withoutFacet, 'record')} whose source and model are gone.`]
      : []),
    ...(standIns.length > 0
      ? [`Taken from an index or a backup, or rebuilt under a name that says so: ${standIns.join(', ')}.`]
      : []),
  ];
}

function otherWays({ backup, tables }: Repair): readonly string[] {
  const isShort = tables.some(({ table: name, lost }) => name === 'records' && lost !== 0);
  return [
    ...(isShort
      ? [
          '`llmlab scan` reads the logs from their start and brings back what they still hold; so does importing a file again.',
        ]
      : []),
    backup === null
      ? 'There is no sound backup to choose instead.'
      : `Instead, the newest sound backup (${moment(backup.at)}) holds ${counted(backup.records, 'record')}: llmlab restore "${plain(backup.path)}"`,
  ];
}
