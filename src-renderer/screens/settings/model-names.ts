import type { Settings } from '../../../src-preload/contract/settings.ts';

type Aliases = Settings['modelAliases'];

/** One line of the list: a common name and what one provider knows the model by. */
export interface ModelName {
  readonly name: string;
  readonly provider: string;
  readonly model: string;
}

/** By name, then provider. */
export function modelNames(aliases: Aliases): readonly ModelName[] {
  return Object.entries(aliases)
    .flatMap(([name, models]) =>
      Object.entries(models).map(([provider, model]) => ({ name, provider, model })),
    )
    .sort((a, b) => a.name.localeCompare(b.name) || a.provider.localeCompare(b.provider));
}

/** With one more; a name that has a model at this provider already gets the new one. */
export function withName(aliases: Aliases, { name, provider, model }: ModelName): Aliases {
  return { ...aliases, [name]: { ...aliases[name], [provider]: model } };
}

/** Without one; a name that is left with no model goes as a whole. */
export function withoutName(aliases: Aliases, { name, provider }: ModelName): Aliases {
  const { [name]: models = {}, ...others } = aliases;
  const { [provider]: _, ...left } = models;
  return Object.keys(left).length === 0 ? others : { ...others, [name]: left };
}

/** What is wrong with a line as typed, by field; empty when it can be saved. */
export function nameProblems(draft: ModelName): Partial<Record<keyof ModelName, string>> {
  return {
    ...(draft.name.trim() === '' ? { name: 'Give it a name of your own.' } : {}),
    ...(draft.name.includes('/') ? { name: 'A slash means a provider or connection: leave it out.' } : {}),
    ...(draft.provider === '' ? { provider: 'Choose who serves it.' } : {}),
    ...(draft.model.trim() === '' ? { model: 'Write the id its vendor knows it by.' } : {}),
  };
}
