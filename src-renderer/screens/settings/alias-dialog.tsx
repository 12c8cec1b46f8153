import { useMemo } from 'react';
import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import { draftResolver } from '../../ui/draft-resolver.ts';
import { Field, Input } from '../../ui/field.tsx';
import { type AliasDraft, readAliasDraft } from './alias-draft.ts';
import { PricingDialog } from './pricing-dialog.tsx';

/** What the form opens with: a name to price, or an alias to change. */
export type AliasStart =
  | { readonly kind: 'new'; readonly provider: string; readonly alias: string }
  | { readonly kind: 'edit'; readonly alias: RouteOutput<'prices.list'>['aliases'][number] };

interface AliasDialogProps {
  /** null while closed. */
  readonly start: AliasStart | null;
  readonly onClose: () => void;
}

const resolver = draftResolver(readAliasDraft);
const blank: AliasDraft = { provider: '', alias: '', toProvider: '', toModel: '' };

/** "Price this name as that model." */
export function AliasDialog({ start, onClose }: AliasDialogProps) {
  const draft = useMemo(() => start && draftOf(start), [start]);
  const isNameless = start?.kind === 'new' && start.alias === '';
  return (
    <PricingDialog
      route="prices.saveAlias"
      draft={draft}
      id={start?.kind === 'edit' ? start.alias.id : null}
      resolver={resolver}
      onClose={onClose}
      title="Price as another model"
      description="For a name that is really another model: a deployment, a proxy’s nickname, a new version."
      save="Save"
      width={480}
      firstField={isNameless ? 'alias' : 'toModel'}
      saved={({ alias, toModel }) => `${alias} is priced as ${toModel}: `}
      columns="grid-cols-2"
    >
      {({ register, errors }) => (
        <>
          <Field label="This name" error={errors.alias?.message}>
            {(ids) => <Input {...ids} {...register('alias')} />}
          </Field>
          <Field label="of provider" error={errors.provider?.message}>
            {(ids) => <Input {...ids} {...register('provider')} />}
          </Field>
          <Field
            label="has the price of"
            hint="The model’s id, as its vendor writes it."
            error={errors.toModel?.message}
          >
            {(ids) => <Input {...ids} {...register('toModel')} placeholder="claude-sonnet-5" />}
          </Field>
          <Field label="of provider" hint="Blank: the same provider." error={errors.toProvider?.message}>
            {(ids) => <Input {...ids} {...register('toProvider')} />}
          </Field>
        </>
      )}
    </PricingDialog>
  );
}

function draftOf(start: AliasStart): AliasDraft {
  if (start.kind === 'new') return { ...blank, provider: start.provider, alias: start.alias };
  const { id: _, ...alias } = start.alias;
  return alias;
}
