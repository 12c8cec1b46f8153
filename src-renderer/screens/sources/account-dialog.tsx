import { useEffect, useId } from 'react';
import { useForm } from 'react-hook-form';
import type { Account } from '../../../src-preload/contract/sources.ts';
import { useAction } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { draftResolver } from '../../ui/draft-resolver.ts';
import { Field, Input } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { toast } from '../../ui/toast.tsx';
import { useView } from '../../ui/use-view.ts';
import {
  type AccountDraft,
  type AccountValue,
  accountDraftOf,
  newAccountDraft,
  readAccountDraft,
} from './account-draft.ts';
import { FeeFields } from './fee-fields.tsx';
import { KindChoice } from './kind-choice.tsx';

interface AccountDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** null adds one. */
  readonly account: Account | null;
  readonly title?: string;
}

/** Adds or changes an account: its name, what it is, and a plan's fee. */
export function AccountDialog({ open, onOpenChange, account, title }: AccountDialogProps) {
  const { today } = useView();
  const formId = useId();
  const form = useForm<AccountDraft, unknown, AccountValue>({
    defaultValues: newAccountDraft(today),
    resolver: draftResolver(readAccountDraft),
  });
  const save = useAction('accounts.save');
  const { reset } = form;
  const { reset: forget } = save;
  useEffect(() => {
    if (!open) return;
    reset(account === null ? newAccountDraft(today) : accountDraftOf(account, today));
    forget();
  }, [open, account, today, reset, forget]);
  const submit = form.handleSubmit((value) =>
    save.mutate(account === null ? value : { ...value, id: account.id }, {
      onSuccess: () => {
        toast.success(account === null ? `${value.name} added.` : `${value.name} saved.`);
        onOpenChange(false);
      },
    }),
  );
  const { errors } = form.formState;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title ?? (account === null ? 'Add an account' : `Edit ${account.name}`)}
      width={480}
      initialFocus={() => document.querySelector<HTMLElement>(`#${CSS.escape(formId)} input`)}
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button kind="primary" type="submit" form={formId} disabled={save.isPending}>
            {account === null ? 'Add account' : 'Save'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {save.error && <Notice tone="over">{save.error.message}</Notice>}
        <div className="grid grid-cols-2 gap-3">
          <Field label="Name" error={errors.name?.message}>
            {(ids) => <Input {...ids} {...form.register('name')} placeholder="OpenAI, work" />}
          </Field>
          <Field label="Provider" hint="Who bills it." error={errors.provider?.message}>
            {(ids) => <Input {...ids} {...form.register('provider')} placeholder="openai" />}
          </Field>
        </div>
        <KindChoice value={form.watch('kind')} onChange={(kind) => form.setValue('kind', kind)} />
        {form.watch('kind') === 'plan' && <FeeFields form={form} />}
      </form>
    </Dialog>
  );
}
