import { useEffect, useMemo } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import type { Connection, ConnectionDraft, ProviderInfo } from '../../../src-preload/contract/connections.ts';
import type { CallError } from '../../api/call-error.ts';
import { useAction } from '../../api/client.ts';
import { draftResolver } from '../../ui/draft-resolver.ts';
import { askToUnlock } from '../../ui/unlock-request.ts';
import { draftOf, type FormDraft, fieldKey, readDraft } from './connection-draft.ts';

export type ConnectionFormState = UseFormReturn<FormDraft, unknown, ConnectionDraft>;

/** The form of one vendor with its test and its save. A test is of what is typed; it is forgotten when that changes. */
export function useConnectionForm(
  provider: ProviderInfo,
  connection: Connection | null,
  onSaved: (id: number) => void,
) {
  const form = useForm<FormDraft, unknown, ConnectionDraft>({
    defaultValues: draftOf(provider, connection),
    resolver: useMemo(() => draftResolver(readDraft(provider, connection)), [provider, connection]),
  });
  const { subscribe, setError } = form;
  const onError = ({ code, message, data }: CallError) => {
    if (code === 'VAULT_LOCKED') askToUnlock();
    // what is wrong with one field is said there
    const key = typeof data.field === 'string' ? keyIn(provider, data.field) : null;
    if (key !== null) setError(key, { message }, { shouldFocus: true });
  };
  const test = useAction('connections.test', { onError });
  const save = useAction('connections.save', { onSuccess: ({ id }) => onSaved(id), onError });
  const { reset: forgetTest } = test;
  const { reset: forgetSave } = save;
  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ name }) => {
          if (name === undefined) return;
          forgetTest();
          forgetSave();
        },
      }),
    [subscribe, forgetTest, forgetSave],
  );
  return {
    ...{ form, test, save },
    runTest: form.handleSubmit((draft) => test.mutate({ draft })),
    submit: form.handleSubmit((draft) => save.mutate(draft)),
  };
}

/** Where the core's name of a field stands in the form; null for none of them. */
function keyIn({ fields }: ProviderInfo, field: string): string | null {
  if (fields.some(({ name }) => name === field)) return fieldKey(field);
  return ['name', 'baseUrl', 'requestsPerMinute', 'tokensPerMinute'].includes(field) ? field : null;
}
