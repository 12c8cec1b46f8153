import type { Connection, CredentialField } from '../../../src-preload/contract/connections.ts';
import { Field, Input } from '../../ui/field.tsx';
import { SecretInput } from '../../ui/secret-input.tsx';
import { Select } from '../../ui/select.tsx';
import { fieldKey } from './connection-draft.ts';
import { fieldWords } from './field-words.ts';
import { JsonInput } from './json-input.tsx';
import type { ConnectionFormState } from './use-connection-form.ts';

interface CredentialInputProps {
  readonly field: CredentialField;
  /** The secret that is kept of it: how it ends, never what it is. */
  readonly kept: Connection['secrets'][number] | null;
  /** No field is required: of such keys at least one is wanted, so none is called optional. */
  readonly isAlone: boolean;
  readonly form: ConnectionFormState;
}

/** One declared field: a text, a choice, a secret, or a whole document. */
export function CredentialInput({ field, kept, isAlone, form }: CredentialInputProps) {
  const key = fieldKey(field.name);
  const words = fieldWords(field, kept, isAlone);
  return (
    <Field
      label={words.label}
      hint={words.hint}
      error={form.formState.errors[key]?.message}
      {...(isWide(field) && { className: 'col-span-2 tight:col-span-1' })}
    >
      {(ids) => {
        if (field.kind === 'json')
          return <JsonInput {...ids} name={key} isSecret={field.secret} form={form} />;
        if (field.secret)
          return (
            <SecretInput
              {...ids}
              {...form.register(key)}
              label={field.label}
              placeholder={words.placeholder}
            />
          );
        if (field.kind === 'choice')
          return (
            <Select
              id={ids.id}
              label={field.label}
              options={field.choices}
              value={form.watch(key) || null}
              onChange={(value) =>
                form.setValue(key, value, { shouldDirty: true, shouldValidate: form.formState.isSubmitted })
              }
              className="self-start"
            />
          );
        return (
          <Input
            {...ids}
            {...form.register(key)}
            {...(field.kind === 'number' && { inputMode: 'decimal' as const })}
            placeholder={words.placeholder}
          />
        );
      }}
    </Field>
  );
}

/** Keys and documents are long; the rest stands in two columns. */
function isWide({ secret, kind }: CredentialField): boolean {
  return secret || kind === 'json' || kind === 'url';
}
