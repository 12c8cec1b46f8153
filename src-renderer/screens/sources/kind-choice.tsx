import { useId } from 'react';
import type { AccountKind } from '../../../src-preload/contract/values.ts';
import { cx } from '../../ui/cx.ts';
import { accountKinds } from './account-words.ts';

interface KindChoiceProps {
  readonly value: AccountKind;
  readonly onChange: (kind: AccountKind) => void;
}

/** What an account is, each kind with what it means for the figures. */
export function KindChoice({ value, onChange }: KindChoiceProps) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm text-text-2">Who pays</legend>
      <div className="overflow-hidden rounded-lg border">
        {accountKinds.map(({ kind, label, means }) => (
          <label
            key={kind}
            className={cx(
              'flex items-start gap-2.5 border-t px-3 py-2 first:border-t-0',
              kind === value ? 'bg-selected' : 'hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name={name}
              value={kind}
              checked={kind === value}
              onChange={() => onChange(kind)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              <span className="block font-medium text-sm">{label}</span>
              <span className="block text-sm text-text-2">{means}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
