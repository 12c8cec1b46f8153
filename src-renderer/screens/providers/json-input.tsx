import { FileKey2 } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Textarea } from '../../ui/field.tsx';
import type { ConnectionFormState } from './use-connection-form.ts';

interface JsonInputProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
  readonly name: string;
  readonly isSecret: boolean;
  readonly form: ConnectionFormState;
}

/** Larger files are no credentials. */
const mostBytes = 20_000;

/** A whole document: pasted, dropped here, or chosen as a file. It is read in this window and goes nowhere else. */
export function JsonInput({ name, isSecret, form, ...ids }: JsonInputProps) {
  const picker = useRef<HTMLInputElement>(null);
  const [isShown, setShown] = useState(false);
  const isFilled = form.watch(name) !== '';
  const take = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > mostBytes)
      return form.setError(name, { message: `${file.name} is too large to be a key.` });
    form.setValue(name, await file.text(), { shouldDirty: true, shouldValidate: true });
  };
  const onDrop = (event: DragEvent) => {
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    void take(file);
  };
  return (
    <div className="flex flex-col gap-1.5" data-takes-drop>
      <Textarea
        onDrop={onDrop}
        onDragOver={(event) => event.preventDefault()}
        {...ids}
        {...form.register(name)}
        rows={4}
        autoComplete="off"
        placeholder={'Paste the file’s content, or drop the file here: {"type": …}'}
        className={cx(
          'font-mono text-xs',
          isSecret && isFilled && !isShown && '[-webkit-text-security:disc]',
        )}
      />
      <div className="flex gap-1">
        <Button size="sm" icon={FileKey2} onClick={() => picker.current?.click()}>
          Choose file
        </Button>
        {isSecret && isFilled && (
          <Button size="sm" kind="quiet" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
            {isShown ? 'Hide' : 'Show'}
          </Button>
        )}
      </div>
      <input
        ref={picker}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label="Key file"
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </div>
  );
}
