import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { pendingPath, useImportRequest } from '../../ui/import-request.ts';

interface PathDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Asks for a file by its path on this machine. */
export function PathDialog({ open, onOpenChange }: PathDialogProps) {
  const [path, setPath] = useState('');
  const submit = () => {
    const trimmed = path.trim().replace(/^(["'])(.*)\1$/, '$2');
    if (trimmed === '') return;
    useImportRequest.getState().request([pendingPath(trimmed)]);
    setPath('');
    onOpenChange(false);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Import a file by its path" width={520}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field label="Path of a file on this machine" hint="A CSV, a log (.jsonl), or a .zip or .gz of them.">
          {(ids) => (
            <Input
              {...ids}
              value={path}
              onChange={(event) => setPath(event.target.value)}
              className="font-mono"
            />
          )}
        </Field>
        <Button type="submit" kind="primary" className="self-end" disabled={path.trim() === ''}>
          Preview
        </Button>
      </form>
    </Dialog>
  );
}
