import type { FieldErrors, FieldValues, Resolver } from 'react-hook-form';

/** What a typed draft amounts to: the value to save, or a sentence for each field that is wrong. */
export type DraftRead<Draft, Value> =
  | { readonly value: Value }
  | { readonly problems: Readonly<Partial<Record<keyof Draft, string>>> };

/** Lets react-hook-form check a form with the screen's own pure reader. */
export function draftResolver<Draft extends FieldValues, Value extends FieldValues>(
  read: (draft: Draft) => DraftRead<Draft, Value>,
): Resolver<Draft, unknown, Value> {
  return async (draft) => {
    const result = read(draft);
    if ('value' in result) return { values: result.value, errors: {} };
    const errors = Object.fromEntries(
      Object.entries(result.problems).map(([field, message]) => [field, { type: 'value', message }]),
    );
    // the keys are the draft's own, which Object.entries forgets
    return { values: {}, errors: errors as FieldErrors<Draft> };
  };
}
