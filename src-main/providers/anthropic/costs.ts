import type { CostPage, CostReport, CostRequest, ProviderContext } from '../../platform/provider.ts';
import { type ImportedRecord, noTokens } from '../../platform/record.ts';
import { amountOf, amountText, unitPlaces } from '../dialects/amount.ts';
import { bucketKey } from '../dialects/days.ts';
import { textOf } from '../dialects/json.ts';
import { cutOf, named, type ReportSpec, type Row, readRows } from './admin.ts';
import { factsOf } from './facts.ts';

/** What Anthropic bills, in cents, by day, model, workspace, key and kind of token. */
export const costReport: CostReport = {
  id: 'cost',
  label: 'Costs',
  evidence: 'billed',
  coverage: 'account',
  usage: 'none',
  needs: ['adminKey'],
  windowDays: 31,
  lookBackDays: 365,
  trailingDays: 3,
  everyMinutes: 60,
  accuracy:
    'What Anthropic charges after discounts and before credits; data is minutes to a few hours old. The older report leaves Priority Tier out.',
  read,
};

const spec: ReportSpec = {
  analytics: {
    path: 'analytics/cost',
    groupBy: [
      'model',
      'workspace_id',
      'api_key_id',
      'service_tier',
      'inference_geo',
      'cost_type',
      'token_type',
    ],
    field: 'cost',
  },
  legacy: { path: 'cost_report', groupBy: ['workspace_id', 'description'] },
};

async function read(request: CostRequest, context: ProviderContext): Promise<CostPage> {
  const { rows, isLegacy, cursor, asOf } = await readRows(spec, request, context);
  const problems: CostPage['problems'][number][] = [];
  const records = rows.flatMap((row) => {
    const record = recordOf(row, isLegacy);
    if (record === null)
      problems.push({ reason: 'the row has no amount', raw: JSON.stringify(row.stated).slice(0, 500) });
    return record ?? [];
  });
  return { records: await named(records, context), problems, cursor, asOf };
}

function recordOf({ at, group, stated }: Row, isLegacy: boolean): ImportedRecord | null {
  const amount = amountOf(stated.amount, unitPlaces.cents, stated.currency ?? 'USD');
  if (amount === null) return null;
  const names = ['cost_type', 'token_type', 'description', 'api_key_id', 'context_window'] as const;
  const texts = Object.fromEntries(
    names.flatMap((name) => {
      const text = textOf(group[name]);
      return text === null ? [] : [[name, text] as const];
    }),
  );
  const list = isLegacy ? null : amountText(stated.list_amount, unitPlaces.cents);
  const dimensions = ['model', 'workspace_id', 'service_tier', 'inference_geo', ...names];
  const facts = factsOf(group);
  return {
    key: bucketKey([at, ...dimensions.map((name) => textOf(group[name]))]),
    at,
    grain: 'day',
    ...cutOf(isLegacy),
    provider: 'anthropic',
    model: textOf(group.model),
    project: textOf(group.workspace_id),
    requests: 0,
    tokens: noTokens,
    amount,
    ...(Object.keys(facts).length > 0 && { priceFacts: facts }),
    extras: { ...texts, ...(list !== null && list !== amount.value && { listCostUsd: list }) },
  };
}
