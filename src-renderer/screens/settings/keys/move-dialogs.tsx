import { useState } from 'react';
import { refOf, saveExport } from '../../../api/bridge.ts';
import { callRoute } from '../../../api/client.ts';
import { Field, Input } from '../../../ui/field.tsx';
import { plural } from '../../../ui/numbers.ts';
import { PassphraseField } from '../../../ui/passphrase-field.tsx';
import { toast } from '../../../ui/toast.tsx';
import { FormDialog } from './form-dialog.tsx';
import { emptyDraft, errorsOf } from './passphrase-draft.ts';
import { PassphraseFields } from './passphrase-fields.tsx';

/** Runs one piece of work at a time and keeps what went wrong with it. */
function useWork(work: () => Promise<void>) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = (): void => {
    setBusy(true);
    setError(null);
    work()
      .catch((trouble: unknown) =>
        setError(trouble instanceof Error ? trouble.message : 'That did not work.'),
      )
      .finally(() => setBusy(false));
  };
  return { isBusy, error, run };
}

/** Writes all keys to a file under a passphrase of its own. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const [draft, setDraft] = useState(emptyDraft);
  const [isSent, setSent] = useState(false);
  const errors = errorsOf(draft, false);
  const { isBusy, error, run } = useWork(async () => {
    const made = await callRoute('vault.export', { passphrase: draft.next });
    if (!(await saveExport(made.exportId, made.fileName))) return;
    toast.success(`${plural(made.keys, 'key')} exported as ${made.fileName}.`);
    onClose();
  });
  const send = (): void => {
    setSent(true);
    if (Object.keys(errors).length === 0) run();
  };
  return (
    <FormDialog
      title="Export the keys"
      description="To a file that only this passphrase opens. It need not be the one of the vault."
      action={isBusy ? 'Exporting…' : 'Export'}
      {...{ isBusy, error, onClose }}
      onSubmit={send}
    >
      <PassphraseFields
        draft={draft}
        onChange={setDraft}
        errors={isSent ? errors : {}}
        label="Passphrase of the file"
      />
    </FormDialog>
  );
}

/** Takes keys over from such a file, for the connections there are. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const { isBusy, error, run } = useWork(async () => {
    if (file === null) return;
    const { added, replaced, skipped } = await callRoute('vault.import', {
      file: await refOf(file),
      passphrase,
    });
    const left = skipped > 0 ? ` ${skipped} left out: here already, or no connection for them.` : '';
    toast.success(`${plural(added, 'key')} added, ${replaced} replaced.${left}`);
    onClose();
  });
  return (
    <FormDialog
      title="Import keys"
      description="From a file exported by LLMLab. Keys of connections that are not here are left out."
      action={isBusy ? 'Importing…' : 'Import'}
      isBusy={isBusy || file === null || passphrase === ''}
      {...{ error, onClose }}
      onSubmit={run}
    >
      <Field label="File">
        {(ids) => (
          <Input
            {...ids}
            type="file"
            accept=".json"
            className="h-auto! py-1 file:mr-2 file:rounded-md file:border-0 file:bg-pressed file:px-2 file:font-medium file:text-text"
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
        )}
      </Field>
      <PassphraseField label="Passphrase of the file" value={passphrase} onChange={setPassphrase} />
    </FormDialog>
  );
}
