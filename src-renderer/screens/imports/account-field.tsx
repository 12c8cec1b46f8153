import { useState } from 'react';
import { useRoute } from '../../api/client.ts';
import { Input } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';

interface AccountFieldProps {
  readonly value: string;
  readonly disabled: boolean;
  readonly onChange: (account: string) => void;
}

const newAccount = '\u0000new';

/** Which account the rows go to: one there is, or a new name. */
export function AccountField({ value, disabled, onChange }: AccountFieldProps) {
  const [naming, setNaming] = useState(false);
  const accounts = useRoute('accounts.list', {}).data?.accounts ?? [];
  if (naming) return <NewAccount onDone={(name) => finish(name)} />;

  function finish(name: string): void {
    setNaming(false);
    if (name !== '' && name !== value) onChange(name);
  }

  const known = accounts.map(({ name, kind }) => ({ value: name, label: `${name}, ${kind}` }));
  const options = known.some((option) => option.value === value)
    ? known
    : [{ value, label: `${value}, new` }, ...known];
  return (
    <Select
      label="Account"
      options={[...options, { value: newAccount, label: 'Another name…' }]}
      value={value}
      disabled={disabled}
      className="h-6! max-w-full"
      onChange={(next) => (next === newAccount ? setNaming(true) : onChange(next))}
    />
  );
}

function NewAccount({ onDone }: { readonly onDone: (name: string) => void }) {
  return (
    <Input
      autoFocus
      aria-label="Name of the new account"
      placeholder="Name, then Enter"
      maxLength={100}
      className="h-6! w-full"
      onBlur={(event) => onDone(event.currentTarget.value.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onDone(event.currentTarget.value.trim());
        if (event.key === 'Escape') {
          event.stopPropagation();
          onDone('');
        }
      }}
    />
  );
}
