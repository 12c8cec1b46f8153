import { Plus } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { Button } from '../../ui/button.tsx';
import { draftResolver } from '../../ui/draft-resolver.ts';
import { Field, Input } from '../../ui/field.tsx';
import { type RateDraft, readRateDraft } from './rate-draft.ts';
import type { FxRate } from './rates.ts';

interface AddRateProps {
  readonly today: string;
  readonly onAdd: (rate: FxRate) => void;
}

/** A rate with the day it starts on; a newer one takes over from its own day. */
export function AddRate({ today, onAdd }: AddRateProps) {
  const blank = { currency: '', usdPerUnit: '', from: `${today.slice(0, 4)}-01-01` };
  const form = useForm<RateDraft, unknown, FxRate>({
    defaultValues: blank,
    resolver: draftResolver(readRateDraft),
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit((rate) => {
    onAdd(rate);
    form.reset(blank);
  });
  return (
    <form
      onSubmit={submit}
      noValidate
      aria-label="Add an exchange rate"
      className="flex flex-wrap items-start gap-3 border-t px-4 py-3"
    >
      <Field label="Currency" error={errors.currency?.message} className="w-24">
        {(ids) => (
          <Input
            {...ids}
            {...form.register('currency')}
            placeholder="EUR"
            maxLength={3}
            className="uppercase"
          />
        )}
      </Field>
      <Field label="USD for one" error={errors.usdPerUnit?.message} className="w-36">
        {(ids) => (
          <Input
            {...ids}
            {...form.register('usdPerUnit')}
            inputMode="decimal"
            placeholder="1.08"
            className="tnum"
          />
        )}
      </Field>
      <Field label="From" error={errors.from?.message} className="w-36">
        {(ids) => <Input {...ids} {...form.register('from')} type="date" className="tnum" />}
      </Field>
      <Button type="submit" icon={Plus} className="mt-5">
        Add rate
      </Button>
    </form>
  );
}
