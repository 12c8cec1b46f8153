import '../../ui/zod-without-eval.ts';
import { type PriceAlias, priceAlias } from '../../../src-preload/contract/prices.ts';
import type { DraftRead } from '../../ui/draft-resolver.ts';

/** What the alias form holds, as typed. */
export type AliasDraft = {
  readonly provider: string;
  readonly alias: string;
  readonly toProvider: string;
  readonly toModel: string;
};

const sentences: Readonly<Record<string, string>> = {
  alias: 'Name it as your records do.',
  toModel: 'Name the model whose price it has.',
};

/** The alias a draft states, by the contract's schema. A blank target provider is the same provider. */
export function readAliasDraft(draft: AliasDraft): DraftRead<AliasDraft, PriceAlias> {
  const provider = draft.provider.trim();
  const stated = {
    provider,
    alias: draft.alias.trim(),
    toProvider: draft.toProvider.trim() || provider,
    toModel: draft.toModel.trim(),
  };
  const parsed = priceAlias.safeParse(stated);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => String(issue.path[0]));
    return {
      problems: Object.fromEntries(
        fields.map((field) => [field, sentences[field] ?? 'At most 60 characters.']),
      ),
    };
  }
  const { alias, toModel, toProvider } = parsed.data;
  if (alias === toModel && provider === toProvider)
    return { problems: { toModel: 'That is the same model.' } };
  return { value: parsed.data };
}
