import { useEffect, useMemo } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import type { Connection, ConnectionDraft, ProviderInfo } from '../../../src-preload/contract/connections.ts';
import { useAction } from '../../api/client.ts';
import { draftResolver } from '../../ui/draft-resolver.ts';
import { useUnlockRequest } from '../../ui/unlock-request.ts';
import { draftOf, type FormDraft, readDraft } from './connection-draft.ts';

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
  const test = useAction('connections.test', { onError: askToUnlock });
  const save = useAction('connections.save', { onSuccess: ({ id }) => onSaved(id), onError: askToUnlock });
  const { subscribe } = form;
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

function askToUnlock({ code }: { readonly code: string }): void {
  if (code === 'VAULT_LOCKED') useUnlockRequest.getState().setOpen(true);
}
