import type { MessageBoxOptions, MessageBoxReturnValue } from 'electron';
import type { Mending } from '../../core/repair.ts';
import { AppError } from '../../platform/error.ts';

type ShowBox = (options: MessageBoxOptions) => Promise<Pick<MessageBoxReturnValue, 'response'>>;

/** A day and hour as this machine writes them. */
const moment = (at: number): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(at);

const records = (count: number): string => `${count.toLocaleString()} ${count === 1 ? 'record' : 'records'}`;

function repair(mending: Mending): string | null {
  const repaired = mending.repair();
  if (repaired === null) return null;
  const lost = repaired.tables.find(({ table }) => table === 'records')?.lost ?? null;
  const what = lost === null ? 'How many are lost is unknown.' : `${records(lost)} lost.`;
  return `${records(repaired.records)} saved. ${what} Read your logs again to bring back what they still hold.\n\nThe damaged ledger is kept at ${repaired.kept}.`;
}

function restore(mending: Mending, path: string): string {
  const restored = mending.restore(path);
  return `${records(restored.records)} restored.\n\nThe damaged ledger is kept at ${restored.kept}.`;
}

/**
 * Offers the ways out of a ledger that cannot be opened, and takes the one that is chosen; both keep the damaged file.
 * True when starting again makes sense. An error that is no damage is thrown on, as is what the way out fails with.
 */
export async function offerWaysOut(error: unknown, mending: Mending, showBox: ShowBox): Promise<boolean> {
  if (!(error instanceof AppError) || error.code !== 'STORE_DAMAGED') throw error;
  const backup = mending.newestBackup();
  const buttons = ['Repair', ...(backup === null ? [] : ['Restore the backup']), 'Quit'];
  const newest =
    backup === null
      ? 'There is no sound backup.'
      : `The newest sound backup is of ${moment(backup.at)} and holds ${records(backup.records)}.`;
  const { response } = await showBox({
    type: 'error',
    title: 'LLMLab',
    message: 'The ledger file is damaged',
    detail: `Nothing was changed. Repair saves what can still be read into a new ledger. ${newest} The damaged file is kept either way.`,
    buttons,
    defaultId: 0,
    cancelId: buttons.length - 1,
    noLink: true,
  });
  if (response === buttons.length - 1) return false;
  const said = response === 0 || backup === null ? repair(mending) : restore(mending, backup.path);
  if (said !== null)
    await showBox({ type: 'info', title: 'LLMLab', message: 'Done', detail: said, buttons: ['Open'] });
  return true;
}
