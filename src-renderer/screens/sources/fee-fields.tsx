import type { UseFormReturn } from 'react-hook-form';
import { Field, Input } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { AccountDraft, AccountValue } from './account-draft.ts';

const cycles = [
  { value: 'month', label: 'Every month' },
  { value: 'year', label: 'Every year' },
] as const;

/** The flat fee of a plan: how much, how often, from when to when. */
export function FeeFields({ form }: { readonly form: UseFormReturn<AccountDraft, unknown, AccountValue> }) {
  const { errors } = form.formState;
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field
        label="Fee in USD"
        hint="With tax, as charged. Leave it blank if you do not know."
        error={errors.amount?.message}
      >
        {(ids) => (
          <Input
            {...ids}
            {...form.register('amount')}
            inputMode="decimal"
            placeholder="20.00"
            className="tnum"
          />
        )}
      </Field>
      <div className="flex flex-col gap-1">
        <span className="font-medium text-sm text-text-2">Charged</span>
        <Segmented
          label="Charged"
          options={cycles}
          value={form.watch('cycle')}
          onChange={(cycle) => form.setValue('cycle', cycle)}
          className="w-fit"
        />
      </div>
      <Field label="First charge" hint="Later ones fall on the same day." error={errors.start?.message}>
        {(ids) => <Input {...ids} {...form.register('start')} type="date" className="tnum" />}
      </Field>
      <Field label="Ends" hint="Blank while it runs." error={errors.end?.message}>
        {(ids) => <Input {...ids} {...form.register('end')} type="date" className="tnum" />}
      </Field>
    </div>
  );
}
