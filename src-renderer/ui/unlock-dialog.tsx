import { type FormEvent, useId, useState } from 'react';
import { queryClient, useAction, useRoute } from '../api/client.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Notice } from './notice.tsx';
import { PassphraseField } from './passphrase-field.tsx';
import { toast } from './toast.tsx';
import { useUnlockRequest } from './unlock-request.ts';

/** Asks for the passphrase of the vault, whoever was in need of a key. Once, at the end of the window. */
export function UnlockDialog() {
  const { open, setOpen } = useUnlockRequest();
  return open ? <Question onClose={() => setOpen(false)} /> : null;
}

function Question({ onClose }: { readonly onClose: () => void }) {
  const formId = useId();
  const vault = useRoute('vault.status', {}).data;
  const [passphrase, setPassphrase] = useState('');
  const unlock = useAction('vault.unlock', {
    onSuccess: () => {
      toast.success('The keys are unlocked.');
      void queryClient.invalidateQueries();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    unlock.mutate({ passphrase });
  };
  const takesPassphrase = vault === undefined || vault.slots.includes('passphrase');
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Unlock the keys"
      description="They are kept encrypted. Until they are unlocked, nothing is synced or called."
      initialFocus={() => document.querySelector<HTMLElement>(`#${CSS.escape(formId)} input`)}
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Not now</Button>
          {/* without a passphrase the system's own store is asked (again) */}
          <Button
            kind="primary"
            type="submit"
            form={formId}
            disabled={(takesPassphrase && passphrase === '') || unlock.isPending}
          >
            Unlock
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-3">
        {vault?.trouble && <Notice tone="warn">{vault.trouble}</Notice>}
        {takesPassphrase && (
          <PassphraseField value={passphrase} onChange={setPassphrase} error={unlock.error?.message} />
        )}
        {!takesPassphrase && unlock.error && unlock.error.message !== vault?.trouble && (
          <Notice tone="over">{unlock.error.message}</Notice>
        )}
      </form>
    </Dialog>
  );
}
