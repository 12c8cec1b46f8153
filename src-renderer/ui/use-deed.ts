import type { ImportRow } from '../../src-preload/contract/imports.ts';
import { callRoute, queryClient } from '../api/client.ts';
import { useConnectRequest } from './connect-request.ts';
import { exportRecords } from './export-records.ts';
import { navigate, useHashPath } from './hash-location.ts';
import { pickFiles } from './import-request.ts';
import { plural } from './numbers.ts';
import { type Page, pageAt } from './pages.ts';
import type { Deed } from './palette-commands.ts';
import { tellSync } from './tell-sync.ts';
import { toast } from './toast.tsx';
import { tellTrouble } from './unlock-request.ts';
import { useView } from './use-view.ts';
import { hrefOf, type View } from './view.ts';

interface DeedOptions {
  readonly pages: readonly Page[];
  readonly onUndo: (row: ImportRow) => void;
}

/** Carries out what was chosen in the palette. An undo is asked about first, by the caller. */
export function useDeed({ pages, onUndo }: DeedOptions): (deed: Deed) => void {
  const { view, filters, setView } = useView();
  const [path] = useHashPath();
  const isFiltered = pageAt(pages, path)?.filtered === true;
  const look = (change: Partial<View>) =>
    isFiltered ? setView(change) : navigate(hrefOf('/', { ...view, ...change }));
  return (deed) => {
    switch (deed.kind) {
      case 'go':
        return navigate(deed.to);
      case 'view':
        return look(deed.change);
      case 'theme':
        return void tell(callRoute('settings.save', { theme: deed.theme }));
      case 'import':
        return pickFiles();
      case 'scan':
        return void tell(readLogs());
      case 'backup':
        return void tell(backUp());
      case 'connect':
        return useConnectRequest.getState().request('pick');
      case 'sync':
        return void tell(syncNow());
      case 'pause':
        return void tell(pauseAll(deed.paused));
      case 'export':
        return void exportRecords(deed.format, filters);
      case 'undo':
        return onUndo(deed.import);
      default:
        return deed satisfies never;
    }
  };
}

async function readLogs(): Promise<void> {
  const { tools } = await callRoute('scan.run', {});
  const accepted = tools.reduce((sum, tool) => sum + tool.accepted, 0);
  toast.success(
    accepted === 0 ? 'Nothing new in the logs.' : `${plural(accepted, 'new record')} from the logs.`,
  );
}

async function syncNow(): Promise<void> {
  tellSync((await callRoute('sync.run', {})).results);
}

async function pauseAll(paused: boolean): Promise<void> {
  await callRoute('connections.pause', { id: null, paused });
  toast.success(paused ? 'Syncing is paused.' : 'Syncing goes on.');
}

async function backUp(): Promise<void> {
  const { backup } = await callRoute('backups.create', {});
  void queryClient.invalidateQueries({ queryKey: ['backups.list'] });
  toast.success(`Backup made: ${plural(backup.records, 'record')}.`);
}

function tell(work: Promise<unknown>): Promise<void> {
  return work.then(() => undefined, tellTrouble);
}
