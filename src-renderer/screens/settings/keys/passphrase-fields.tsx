import { PassphraseField } from '../../../ui/passphrase-field.tsx';
import type { DraftErrors, PassphraseDraft } from './passphrase-draft.ts';

interface PassphraseFieldsProps {
  readonly draft: PassphraseDraft;
  readonly onChange: (draft: PassphraseDraft) => void;
  /** Shown once the form was sent with them. */
  readonly errors: DraftErrors;
  readonly asksCurrent?: boolean;
  readonly label?: string;
}

/** A new passphrase, twice; above it the one before, where that is asked for. */
export function PassphraseFields({
  draft,
  onChange,
  errors,
  asksCurrent = false,
  label = 'New passphrase',
}: PassphraseFieldsProps) {
  const fields = [
    ...(asksCurrent ? [['current', 'Passphrase now'] as const] : []),
    ['next', label] as const,
    ['again', 'The same again'] as const,
  ];
  return fields.map(([name, title]) => (
    <PassphraseField
      key={name}
      label={title}
      error={errors[name]}
      value={draft[name]}
      onChange={(passphrase) => onChange({ ...draft, [name]: passphrase })}
    />
  ));
}
