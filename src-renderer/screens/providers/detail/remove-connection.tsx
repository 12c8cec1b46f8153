import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Connection } from '../../../../src-preload/contract/connections.ts';
import { useAction } from '../../../api/client.ts';
import { Button } from '../../../ui/button.tsx';
import { Confirm } from '../../../ui/dialog.tsx';
import { navigate } from '../../../ui/hash-location.ts';
import { toast } from '../../../ui/toast.tsx';
import { tellTrouble } from '../../../ui/unlock-request.ts';

/** Takes a connection and its keys away. What it brought stays. */
export function RemoveConnection({ connection: { id, name, secrets } }: { readonly connection: Connection }) {
  const [isOpen, setOpen] = useState(false);
  const remove = useAction('connections.remove', {
    onSuccess: () => {
      toast.success(`${name} removed. Its records stay in the ledger.`);
      navigate('/providers');
    },
    onError: tellTrouble,
    onSettled: () => setOpen(false),
  });
  return (
    <>
      <Button kind="quiet" icon={Trash2} onClick={() => setOpen(true)}>
        Remove
      </Button>
      <Confirm
        open={isOpen}
        onOpenChange={setOpen}
        title={`Remove ${name}?`}
        action="Remove connection"
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id })}
      >
        <p>It is no longer read{keyWords(secrets.length)}. Its list of models and its balances go too.</p>
        <p className="mt-2">
          Records it brought into the ledger stay, with their account. Keys are not revoked: do that at the
          vendor.
        </p>
      </Confirm>
    </>
  );
}

function keyWords(keys: number): string {
  if (keys === 0) return '';
  return keys === 1
    ? ', and its key is deleted from the vault'
    : `, and its ${keys} keys are deleted from the vault`;
}
