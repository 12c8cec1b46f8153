import type { Connection, CredentialField } from '../../../src-preload/contract/connections.ts';

type Kept = Connection['secrets'][number] | null;

export interface FieldWords {
  readonly label: string;
  readonly hint: string;
  readonly placeholder: string | undefined;
}

/**
 * What a field says. A kept secret shows how it ends and is never filled in; the usual beginning of a key is a hint.
 * `isAlone`: of keys none of which is required at least one is wanted, so none is called optional.
 */
export function fieldWords(field: CredentialField, kept: Kept, isAlone: boolean): FieldWords {
  const isPlain = field.required || kept !== null || (isAlone && field.secret);
  return {
    label: isPlain ? field.label : `${field.label} (optional)`,
    hint:
      kept === null
        ? field.help
        : `Kept, ends in …${kept.endsWith}. Leave it blank to keep it. ${field.help}`,
    placeholder: placeholderOf(field, kept),
  };
}

function placeholderOf({ prefix }: CredentialField, kept: Kept): string | undefined {
  if (kept !== null) return `…${kept.endsWith}`;
  return prefix === null ? undefined : `${prefix}…`;
}
