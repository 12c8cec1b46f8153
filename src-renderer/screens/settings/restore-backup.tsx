import type { Backup } from '../../../src-preload/contract/data.ts';
import { useAction, useRoute } from '../../api/client.ts';
import { formatMoment } from '../../ui/dates.ts';
import { Confirm } from '../../ui/dialog.tsx';
import { plural } from '../../ui/numbers.ts';
import { toast } from '../../ui/toast.tsx';
import { useView } from '../../ui/use-view.ts';

interface RestoreBackupProps {
  /** null while nothing was chosen. */
  readonly backup: Backup | null;
  readonly onClose: () => void;
}

/** Puts a backup in the ledger's place, after saying what is replaced and what is kept. */
export function RestoreBackup({ backup, onClose }: RestoreBackupProps) {
  const { today, zone } = useView();
  const records = useRoute('app.info', {}).data?.records ?? 0;
  const restore = useAction('backups.restore', {
    onSuccess: (done) =>
      toast.success(`${plural(done.records, 'record')} restored. The replaced ledger is kept: ${done.kept}`),
    onError: (error) => toast.error(error.message),
    onSettled: onClose,
  });
  return (
    <Confirm
      open={backup !== null}
      onOpenChange={onClose}
      title="Restore this backup?"
      action="Restore backup"
      danger
      busy={restore.isPending}
      onConfirm={() => backup && restore.mutate({ path: backup.path })}
    >
      {backup && (
        <p>
          The ledger now has {plural(records, 'record')}; the backup of {formatMoment(backup.at, zone, today)}{' '}
          has {plural(backup.records, 'record')}. It takes the ledger’s place; today’s ledger is kept beside
          it, so you can go back.
        </p>
      )}
    </Confirm>
  );
}
