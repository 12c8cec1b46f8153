import type { ImportRow } from '../../src-preload/contract/imports.ts';
import { useAction } from '../api/client.ts';
import { Confirm } from './dialog.tsx';
import { plural } from './numbers.ts';
import { toast } from './toast.tsx';

interface UndoImportProps {
  /** null while nothing was chosen. */
  readonly row: ImportRow | null;
  readonly onClose: () => void;
}

/** Asks before an import is taken back from the keyboard. */
export function UndoImport({ row, onClose }: UndoImportProps) {
  const undo = useAction('imports.undo', {
    onSuccess: ({ removed }) => toast.success(`Import undone: ${plural(removed, 'record')} removed.`),
    onError: (error) => toast.error(error.message),
    onSettled: onClose,
  });
  return (
    <Confirm
      open={row !== null}
      onOpenChange={onClose}
      title={`Undo the import of ${row?.fileName ?? ''}?`}
      action="Undo import"
      danger
      busy={undo.isPending}
      onConfirm={() => row && undo.mutate({ importId: row.id })}
    >
      {row && `Its ${plural(row.counts.accepted, 'record')} leave the ledger. You can import the file again.`}
    </Confirm>
  );
}
