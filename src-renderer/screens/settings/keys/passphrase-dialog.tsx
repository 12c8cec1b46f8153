import { useState } from 'react';
import type { VaultStatus } from '../../../../src-preload/contract/vault.ts';
import { useAction } from '../../../api/client.ts';
import { PassphraseField } from '../../../ui/passphrase-field.tsx';
import { toast } from '../../../ui/toast.tsx';
import { FormDialog } from './form-dialog.tsx';
import { emptyDraft, errorsOf } from './passphrase-draft.ts';
import { PassphraseFields } from './passphrase-fields.tsx';

interface DialogProps {
  readonly status: VaultStatus;
  readonly onClose: () => void;
}

/** Sets the passphrase, or changes it. */
export function PassphraseDialog({ status, onClose }: DialogProps) {
  const [draft, setDraft] = useState(emptyDraft);
  const [isSent, setSent] = useState(false);
  const { asksCurrent } = status;
  const errors = errorsOf(draft, asksCurrent);
  const save = useAction('vault.setPassphrase', {
    onSuccess: () => {
      toast.success('Passphrase set.');
      onClose();
    },
  });
  const send = (): void => {
    setSent(true);
    if (Object.keys(errors).length > 0) return;
    save.mutate({ ...(asksCurrent && { current: draft.current }), next: draft.next });
  };
  return (
    <FormDialog
      title={status.slots.includes('passphrase') ? 'Change the passphrase' : 'Set a passphrase'}
      description="It opens the keys in the app, in the browser and on the command line. Nobody can recover it."
      action={save.isPending ? 'Setting…' : 'Set passphrase'}
      isBusy={save.isPending}
      error={save.error?.message}
      onSubmit={send}
      onClose={onClose}
    >
      <PassphraseFields
        draft={draft}
        onChange={setDraft}
        errors={isSent ? errors : {}}
        asksCurrent={asksCurrent}
      />
    </FormDialog>
  );
}

/** Takes the passphrase away, or encrypts under a new data key: both ask for the passphrase where it is needed. */
export function OnePassphraseDialog({
  status,
  onClose,
  work,
}: DialogProps & { readonly work: 'remove' | 'rotate' }) {
  const [passphrase, setPassphrase] = useState('');
  const done = (said: string) => () => {
    toast.success(said);
    onClose();
  };
  const remove = useAction('vault.setPassphrase', { onSuccess: done('Passphrase removed.') });
  const rotate = useAction('vault.rotate', {
    onSuccess: done('The keys are encrypted under a new data key.'),
  });
  const isRemoval = work === 'remove';
  const { isPending, error } = isRemoval ? remove : rotate;
  const isAsked = isRemoval ? status.asksCurrent : status.slots.includes('passphrase') && !status.asksCurrent;
  const send = (): void => {
    if (isRemoval) remove.mutate({ ...(isAsked && { current: passphrase }), next: null });
    else rotate.mutate(isAsked ? { passphrase } : {});
  };
  return (
    <FormDialog
      title={isRemoval ? 'Remove the passphrase?' : 'Renew the data key?'}
      description={
        isRemoval
          ? 'The system alone protects the keys then. Where it cannot, the passphrase stays.'
          : 'All keys are encrypted anew. Copies of vault.json made before stay readable for whoever could read them.'
      }
      action={isRemoval ? 'Remove passphrase' : 'Renew data key'}
      isBusy={isPending}
      error={error?.message}
      onSubmit={send}
      onClose={onClose}
    >
      {isAsked && <PassphraseField value={passphrase} onChange={setPassphrase} />}
    </FormDialog>
  );
}
