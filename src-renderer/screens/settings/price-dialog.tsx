import { useEffect, useId } from 'react';
import { useForm } from 'react-hook-form';
import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import type { PriceOverride } from '../../../src-preload/contract/prices.ts';
import { useAction } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { draftResolver } from '../../ui/draft-resolver.ts';
import { Field, Input } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../../ui/numbers.ts';
import { toast } from '../../ui/toast.tsx';
import { useView } from '../../ui/use-view.ts';
import { draftOf, emptyDraft, type PriceDraft, rateFields, readDraft } from './price-draft.ts';

/** What the form opens with: a model to price, or a price to change. */
export type PriceStart =
  | { readonly kind: 'new'; readonly provider: string; readonly model: string }
  | { readonly kind: 'edit'; readonly override: RouteOutput<'prices.list'>['overrides'][number] };

interface PriceDialogProps {
  /** null while closed. */
  readonly start: PriceStart | null;
  readonly onClose: () => void;
}

/** A price of one's own for a model, from a day on. */
export function PriceDialog({ start, onClose }: PriceDialogProps) {
  const { today } = useView();
  const formId = useId();
  const form = useForm<PriceDraft, unknown, PriceOverride>({
    defaultValues: emptyDraft('', '', today),
    resolver: draftResolver(readDraft),
  });
  const save = useAction('prices.saveOverride');
  const { reset } = form;
  const { reset: forget } = save;
  useEffect(() => {
    if (start === null) return;
    reset(
      start.kind === 'new'
        ? emptyDraft(start.provider, start.model, `${today.slice(0, 4)}-01-01`)
        : startOf(start.override),
    );
    forget();
  }, [start, today, reset, forget]);
  const submit = form.handleSubmit((price) =>
    save.mutate(start?.kind === 'edit' ? { ...price, id: start.override.id } : price, {
      onSuccess: ({ repriced }) => {
        toast.success(`Price saved, ${plural(repriced, 'record')} priced anew.`);
        onClose();
      },
    }),
  );
  const { errors } = form.formState;
  return (
    <Dialog
      open={start !== null}
      onOpenChange={onClose}
      title={start?.kind === 'edit' ? 'Change your price' : 'Set a price'}
      description="Goes before every built-in price, for calls from its first day on."
      width={520}
      initialFocus={() =>
        document.querySelector<HTMLElement>(
          `#${CSS.escape(formId)} [name=${start?.kind === 'new' && start.model === '' ? 'model' : 'input'}]`,
        )
      }
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form={formId} disabled={save.isPending}>
            Save price
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid grid-cols-6 gap-3">
        {save.error && (
          <Notice tone="over" className="col-span-6">
            {save.error.message}
          </Notice>
        )}
        <Field label="Model" error={errors.model?.message} className="col-span-3">
          {(ids) => <Input {...ids} {...form.register('model')} />}
        </Field>
        <Field label="Provider" error={errors.provider?.message} className="col-span-3">
          {(ids) => <Input {...ids} {...form.register('provider')} />}
        </Field>
        {rateFields.map(({ name, label, required }) => (
          <Field
            key={name}
            label={label}
            hint={required ? 'USD per million tokens' : 'Blank: no price for it'}
            error={errors[name]?.message}
            className={required ? 'col-span-3' : 'col-span-2'}
          >
            {(ids) => <Input {...ids} {...form.register(name)} inputMode="decimal" className="tnum" />}
          </Field>
        ))}
        <Field
          label="From"
          hint="The day the price starts on."
          error={errors.from?.message}
          className="col-span-3"
        >
          {(ids) => <Input {...ids} {...form.register('from')} type="date" className="tnum" />}
        </Field>
      </form>
    </Dialog>
  );
}

function startOf({ id: _, ...price }: RouteOutput<'prices.list'>['overrides'][number]): PriceDraft {
  return draftOf(price);
}
