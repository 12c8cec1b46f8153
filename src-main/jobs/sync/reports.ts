import type { CostReport, Provider } from '../../platform/provider.ts';

/** One thing that is read of a connection again and again. */
export interface Report {
  /** Id of a cost report, `balance` or `models`. */
  readonly id: string;
  readonly label: string;
  /** Credential fields it cannot be read without. */
  readonly needs: readonly string[];
  readonly everyMinutes: number;
  /** Null for balances and models. */
  readonly costs: CostReport | null;
}

const balanceEveryMinutes = 60;
const modelsEveryMinutes = 24 * 60;

/** What a provider reports, in the order it is read: money first, lists of models last. */
export function reportsOf(provider: Provider): readonly Report[] {
  const costs = (provider.costs ?? []).map((report) => ({ ...pick(report), costs: report }));
  const rest = { costs: null };
  return [
    ...costs,
    ...(provider.balance === undefined
      ? []
      : [
          {
            ...{ id: 'balance', label: 'Balance', needs: needsOf(provider, 'balance') },
            ...{ everyMinutes: balanceEveryMinutes, ...rest },
          },
        ]),
    ...(provider.models === undefined
      ? []
      : [
          {
            ...{ id: 'models', label: 'Models', needs: needsOf(provider, 'models') },
            ...{ everyMinutes: modelsEveryMinutes, ...rest },
          },
        ]),
  ];
}

function pick({ id, label, needs, everyMinutes }: CostReport): Omit<Report, 'costs'> {
  return { id, label, needs, everyMinutes };
}

/** What the provider says it needs, else the secrets that are there for it and what nothing works without. */
function needsOf({ fields, needs }: Provider, capability: 'models' | 'balance'): readonly string[] {
  return (
    needs?.[capability] ??
    fields
      .filter(({ neededFor, required, secret }) =>
        neededFor.length === 0 ? required : secret && neededFor.includes(capability),
      )
      .map(({ name }) => name)
  );
}

/** What a report of a connection is still missing. `has` tells whether a field or a secret is given. */
export function missingFor({ needs }: Report, has: (field: string) => boolean): readonly string[] {
  return needs.filter((field) => !has(field));
}

/** Nothing but the falls of a balance tells what this vendor's account was charged. */
export function spendComesFromBalance({ balance, costs = [] }: Provider): boolean {
  return balance !== undefined && costs.length === 0;
}
