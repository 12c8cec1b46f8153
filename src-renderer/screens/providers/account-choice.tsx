import type { ProviderInfo } from '../../../src-preload/contract/connections.ts';
import type { Account } from '../../../src-preload/contract/sources.ts';
import { useRoute } from '../../api/client.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { usualAccount } from './connection-draft.ts';
import type { ConnectionFormState } from './use-connection-form.ts';

interface AccountChoiceProps {
  readonly provider: ProviderInfo;
  /** A new connection may leave it to the core. */
  readonly isNew: boolean;
  readonly form: ConnectionFormState;
}

const kindWords = { api: 'pays per use', plan: 'plan', local: 'local' } as const;

/** Who pays: the vendor's usual account or another one, those of this vendor first. */
export function AccountChoice({ provider, isNew, form }: AccountChoiceProps) {
  const accounts = useRoute('accounts.list', {}).data?.accounts ?? [];
  const options = [
    ...(isNew ? [{ value: usualAccount, label: `${provider.label}’s usual account` }] : []),
    ...sortedFor(provider, accounts).map((account) => ({
      value: String(account.id),
      label: `${account.name}, ${kindWords[account.kind]}`,
    })),
  ];
  return (
    <Field
      label="Account"
      hint={
        isNew
          ? 'Whose money it is: the usual one is shared with imported files.'
          : 'Whose money it is. What was read already moves along.'
      }
    >
      {({ id }) => (
        <Select
          id={id}
          label="Account"
          options={options}
          value={form.watch('account') ?? usualAccount}
          onChange={(value) => form.setValue('account', value, { shouldDirty: true })}
        />
      )}
    </Field>
  );
}

function sortedFor({ vendor }: ProviderInfo, accounts: readonly Account[]): readonly Account[] {
  const rank = (account: Account) => (account.provider === vendor ? 0 : 1);
  return accounts.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
