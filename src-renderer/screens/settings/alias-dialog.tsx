import { useEffect, useId } from 'react';
import { useForm } from 'react-hook-form';
import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import type { PriceAlias } from '../../../src-preload/contract/prices.ts';
import { useAction } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { draftResolver } from '../../ui/draft-resolver.ts';
import { Field, Input } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../../ui/numbers.ts';
import { toast } from '../../ui/toast.tsx';
import { type AliasDraft, readAliasDraft } from './alias-draft.ts';

/** What the form opens with: a name to price, or an alias to change. */
export type AliasStart =
  | { readonly kind: 'new'; readonly provider: string; readonly alias: string }
  | { readonly kind: 'edit'; readonly alias: RouteOutput<'prices.list'>['aliases'][number] };

interface AliasDialogProps {
  /** null while closed. */
  readonly start: AliasStart | null;
  readonly onClose: () => void;
}

const blank: AliasDraft = { provider: '', alias: '', toProvider: '', toModel: '' };

/** "Price this name as that model." */
export function AliasDialog({ start, onClose }: AliasDialogProps) {
  const formId = useId();
  const form = useForm<AliasDraft, unknown, PriceAlias>({
    defaultValues: blank,
    resolver: draftResolver(readAliasDraft),
  });
  const save = useAction('prices.saveAlias');
  const { reset } = form;
  const { reset: forget } = save;
  useEffect(() => {
    if (start === null) return;
    reset(draftOf(start));
    forget();
  }, [start, reset, forget]);
  const submit = form.handleSubmit((alias) =>
    save.mutate(start?.kind === 'edit' ? { ...alias, id: start.alias.id } : alias, {
      onSuccess: ({ repriced }) => {
        toast.success(
          `${alias.alias} is priced as ${alias.toModel}: ${plural(repriced, 'record')} priced anew.`,
        );
        onClose();
      },
    }),
  );
  const { errors } = form.formState;
  return (
    <Dialog
      open={start !== null}
      onOpenChange={onClose}
      title="Price as another model"
      description="For a name that is really another model: a deployment, a proxy’s nickname, a new version."
      width={480}
      initialFocus={() =>
        document.querySelector<HTMLElement>(
          `#${CSS.escape(formId)} [name=${start?.kind === 'new' && start.alias === '' ? 'alias' : 'toModel'}]`,
        )
      }
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form={formId} disabled={save.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid grid-cols-2 gap-3">
        {save.error && (
          <Notice tone="over" className="col-span-2">
            {save.error.message}
          </Notice>
        )}
        <Field label="This name" error={errors.alias?.message}>
          {(ids) => <Input {...ids} {...form.register('alias')} />}
        </Field>
        <Field label="of provider" error={errors.provider?.message}>
          {(ids) => <Input {...ids} {...form.register('provider')} />}
        </Field>
        <Field
          label="has the price of"
          hint="The model’s id, as its vendor writes it."
          error={errors.toModel?.message}
        >
          {(ids) => <Input {...ids} {...form.register('toModel')} placeholder="claude-sonnet-5" />}
        </Field>
        <Field label="of provider" hint="Blank: the same provider." error={errors.toProvider?.message}>
          {(ids) => <Input {...ids} {...form.register('toProvider')} />}
        </Field>
      </form>
    </Dialog>
  );
}

function draftOf(start: AliasStart): AliasDraft {
  if (start.kind === 'new') return { ...blank, provider: start.provider, alias: start.alias };
  const { id: _, ...alias } = start.alias;
  return alias;
}
