import { Field } from './field.tsx';
import { SecretInput } from './secret-input.tsx';

interface PassphraseFieldProps {
  readonly label?: string;
  readonly value: string;
  readonly onChange: (passphrase: string) => void;
  readonly error?: string | null | undefined;
}

export function PassphraseField({ label = 'Passphrase', value, onChange, error }: PassphraseFieldProps) {
  return (
    <Field label={label} error={error}>
      {(ids) => (
        <SecretInput
          {...ids}
          label="passphrase"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
