import { useId } from 'react';
import type { ProviderInfo } from '../../../src-preload/contract/connections.ts';
import { Checkbox, Field, Input } from '../../ui/field.tsx';
import type { ConnectionFormState } from './use-connection-form.ts';

interface BaseFieldsProps {
  readonly provider: ProviderInfo;
  readonly form: ConnectionFormState;
}

/** Where a server of the user's own is, and whether it is on their network: only then plain http and private addresses. */
export function BaseFields({ provider: { baseUrl }, form }: BaseFieldsProps) {
  const checkbox = useId();
  const setLocal = (isLocal: boolean) =>
    form.setValue('isLocal', isLocal ? 'yes' : '', { shouldValidate: form.formState.isSubmitted });
  const hint =
    baseUrl === null
      ? 'With its path, such as https://llm.example.com/v1.'
      : 'Blank for the usual one. A key is only ever sent to the address it was saved for.';
  return (
    <div className="flex flex-col gap-2">
      <Field label="Address of the server" hint={hint} error={form.formState.errors.baseUrl?.message}>
        {(ids) => (
          <Input
            {...ids}
            {...form.register('baseUrl')}
            inputMode="url"
            placeholder={baseUrl ?? 'https://'}
            className="font-mono text-xs"
          />
        )}
      </Field>
      <label htmlFor={checkbox} className="flex items-center gap-2 text-sm">
        <Checkbox
          id={checkbox}
          checked={form.watch('isLocal') === 'yes'}
          onCheckedChange={(checked) => setLocal(checked === true)}
        />
        This server is on my machine or network
      </label>
    </div>
  );
}
