import { useMemo } from 'react';
import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import { draftResolver } from '../../ui/draft-resolver.ts';
import { Field, Input } from '../../ui/field.tsx';
import { useView } from '../../ui/use-view.ts';
import { draftOf, emptyDraft, type PriceDraft, rateFields, readDraft } from './price-draft.ts';
import { PricingDialog } from './pricing-dialog.tsx';

/** What the form opens with: a model to price, or a price to change. */
export type PriceStart =
  | {
      readonly kind: 'new';
      readonly provider: string;
      readonly model: string;
      /** Rates to begin with: what the vendor states. */
      readonly rates?: { readonly input: string; readonly output: string };
    }
  | { readonly kind: 'edit'; readonly override: RouteOutput<'prices.list'>['overrides'][number] };

interface PriceDialogProps {
  /** null while closed. */
  readonly start: PriceStart | null;
  readonly onClose: () => void;
}

const resolver = draftResolver(readDraft);

/** A price of one's own for a model, from a day on. */
export function PriceDialog({ start, onClose }: PriceDialogProps) {
  const { today } = useView();
  const draft = useMemo(() => start && startOf(start, today), [start, today]);
  const isNameless = start?.kind === 'new' && start.model === '';
  return (
    <PricingDialog
      route="prices.saveOverride"
      draft={draft}
      id={start?.kind === 'edit' ? start.override.id : null}
      resolver={resolver}
      onClose={onClose}
      title={start?.kind === 'edit' ? 'Change your price' : 'Set a price'}
      description="Goes before every built-in price, for calls from its first day on."
      save="Save price"
      width={520}
      firstField={isNameless ? 'model' : 'input'}
      saved={() => 'Price saved, '}
      columns="grid-cols-6"
    >
      {({ register, errors }) => (
        <>
          <Field label="Model" error={errors.model?.message} className="col-span-3">
            {(ids) => <Input {...ids} {...register('model')} />}
          </Field>
          <Field label="Provider" error={errors.provider?.message} className="col-span-3">
            {(ids) => <Input {...ids} {...register('provider')} />}
          </Field>
          {rateFields.map(({ name, label, required }) => (
            <Field
              key={name}
              label={label}
              hint={required ? 'USD per million tokens' : 'Blank: no price for it'}
              error={errors[name]?.message}
              className={required ? 'col-span-3' : 'col-span-2'}
            >
              {(ids) => <Input {...ids} {...register(name)} inputMode="decimal" className="tnum" />}
            </Field>
          ))}
          <Field
            label="From"
            hint="The day the price starts on."
            error={errors.from?.message}
            className="col-span-3"
          >
            {(ids) => <Input {...ids} {...register('from')} type="date" className="tnum" />}
          </Field>
        </>
      )}
    </PricingDialog>
  );
}

function startOf(start: PriceStart, today: string): PriceDraft {
  if (start.kind === 'new')
    return { ...emptyDraft(start.provider, start.model, `${today.slice(0, 4)}-01-01`), ...start.rates };
  const { id: _, ...price } = start.override;
  return draftOf(price);
}
