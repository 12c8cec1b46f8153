import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Account } from '../../../src-preload/contract/sources.ts';
import { useAction } from '../../api/client.ts';
import { IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.tsx';

/** Takes an account away that no source belongs to. */
export function RemoveAccount({ account }: { readonly account: Account }) {
  const [isOpen, setOpen] = useState(false);
  const remove = useAction('accounts.remove', {
    onError: (error) => toast.error(error.message),
    onSuccess: () => toast.success(`${account.name} removed.`),
    onSettled: () => setOpen(false),
  });
  const isUsed = account.sources > 0;
  return (
    <>
      <IconButton
        icon={Trash2}
        size="sm"
        label={isUsed ? `${account.name} has sources: move them first` : `Remove ${account.name}`}
        aria-disabled={isUsed}
        onClick={() => !isUsed && setOpen(true)}
      />
      <Confirm
        open={isOpen}
        onOpenChange={setOpen}
        title={`Remove ${account.name}?`}
        action="Remove account"
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id: account.id })}
      >
        No records belong to it. {account.fee !== null && 'Its plan fee leaves the cash figures.'}
      </Confirm>
    </>
  );
}
