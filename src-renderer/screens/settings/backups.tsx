import { CircleCheck, HardDriveDownload, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Backup } from '../../../src-preload/contract/data.ts';
import { useAction, useRoute } from '../../api/client.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { dayOf, formatDay, formatMoment, formatTime } from '../../ui/dates.ts';
import { Switch } from '../../ui/field.tsx';
import { formatBytes, formatCount, plural } from '../../ui/numbers.ts';
import { Cell, HeadCell, Row, Table } from '../../ui/table.tsx';
import { toast } from '../../ui/toast.tsx';
import { useView } from '../../ui/use-view.ts';
import { RestoreBackup } from './restore-backup.tsx';
import { SettingRow } from './setting-row.tsx';
import { useSettings } from './use-settings.ts';

/** Verified copies of the ledger: make one, go back to one. */
export function Backups() {
  const list = useRoute('backups.list', {});
  const { found, save } = useSettings();
  const create = useAction('backups.create', {
    onSuccess: ({ backup }) => {
      void list.refetch();
      toast.success(`Backup made: ${plural(backup.records, 'record')}, ${formatBytes(backup.bytes)}.`);
    },
    onError: (error) => toast.error(error.message),
  });
  const backups = list.data?.backups ?? [];
  return (
    <Card aria-labelledby="backups">
      <CardHead
        id="backups"
        title="Backups"
        sum={list.data && (backups.length === 0 ? 'none yet' : plural(backups.length, 'backup'))}
        tools={
          <Button
            size="sm"
            icon={HardDriveDownload}
            disabled={create.isPending}
            onClick={() => create.mutate({})}
          >
            {create.isPending ? 'Copying…' : 'Back up now'}
          </Button>
        }
      />
      <SettingRow
        label="Back up by itself"
        help="Once a day. One a day is kept for a week, one a week for four weeks, and all those made by hand."
        controlId="auto-backup"
        className="border-t"
      >
        <Switch
          id="auto-backup"
          disabled={!found}
          checked={found?.settings.backups.enabled ?? false}
          onCheckedChange={(enabled) => save({ backups: { enabled } })}
        />
      </SettingRow>
      {backups.length > 0 && <BackupTable backups={backups} />}
    </Card>
  );
}

function BackupTable({ backups }: { readonly backups: readonly Backup[] }) {
  const [chosen, setChosen] = useState<Backup | null>(null);
  return (
    <>
      <Table className="border-t">
        <thead>
          <tr>
            <HeadCell>Made</HeadCell>
            <HeadCell className="w-32">Why</HeadCell>
            <HeadCell align="right" className="w-20">
              Records
            </HeadCell>
            <HeadCell align="right" className="w-20">
              Size
            </HeadCell>
            <HeadCell className="w-28">Checked</HeadCell>
            <HeadCell className="w-24">
              <span className="sr-only">Actions</span>
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {backups.map((backup) => (
            <BackupRow key={backup.path} backup={backup} onRestore={setChosen} />
          ))}
        </tbody>
      </Table>
      <RestoreBackup backup={chosen} onClose={() => setChosen(null)} />
    </>
  );
}

const reasons = {
  scheduled: 'daily',
  manual: 'by hand',
  migration: 'before an upgrade',
  restore: 'before a restore',
} as const;

interface BackupRowProps {
  readonly backup: Backup;
  readonly onRestore: (backup: Backup) => void;
}

function BackupRow({ backup, onRestore }: BackupRowProps) {
  const { today, zone } = useView();
  const made = `${formatDay(dayOf(backup.at, zone), today)}, ${formatTime(backup.at, zone)}`;
  return (
    <Row>
      <Cell className="tnum h-9" title={`${formatMoment(backup.at, zone, today)}\n${backup.path}`}>
        {made}
      </Cell>
      <Cell className="text-text-2">{reasons[backup.why]}</Cell>
      <Cell align="right">{formatCount(backup.records)}</Cell>
      <Cell align="right">{formatBytes(backup.bytes)}</Cell>
      <Cell>
        {backup.verified ? (
          <Badge tone="good" icon={CircleCheck} title="Opened and checked after it was written">
            Verified
          </Badge>
        ) : (
          <Badge tone="warn" icon={TriangleAlert}>
            Not verified
          </Badge>
        )}
      </Cell>
      <Cell align="right">
        <Button
          size="sm"
          kind="quiet"
          aria-label={`Restore the backup of ${made}`}
          onClick={() => onRestore(backup)}
        >
          Restore
        </Button>
      </Cell>
    </Row>
  );
}
