import type { CostPage, CostReport, CostRequest, ProviderContext } from '../../platform/provider.ts';
import { type ImportedRecord, noTokens, type Tokens } from '../../platform/record.ts';
import { amountOf, amountText } from '../dialects/amount.ts';
import { bucketKey } from '../dialects/days.ts';
import { countOf, type Fields, fieldsOf, textOf } from '../dialects/json.ts';
import { bucketsOf, projectNames } from './admin.ts';
import { type LineItem, lineItemOf } from './line-item.ts';

/** What OpenAI bills, by day, line item and project (`GET /organization/costs`). */
export const costReport: CostReport = {
  id: 'costs',
  label: 'Costs',
  evidence: 'billed',
  coverage: 'account',
  usage: 'tokens',
  needs: ['adminKey'],
  windowDays: 180,
  lookBackDays: 365,
  trailingDays: 5,
  everyMinutes: 60,
  accuracy:
    'What OpenAI invoices, before tax and credits. The newest one or two days still grow; tokens used for free under data sharing are not in it.',
  read,
};

async function read(request: CostRequest, context: ProviderContext): Promise<CostPage> {
  const query = { limit: 180, 'group_by[]': ['line_item', 'project_id'] };
  const { buckets, next } = await bucketsOf(context, '/organization/costs', request, query);
  const hasProjects = buckets.some(({ results }) =>
    results.some(({ project_id }) => textOf(project_id) !== null),
  );
  const names = hasProjects ? await projectNames(context) : new Map<string, string>();
  const records: ImportedRecord[] = [];
  const problems: CostPage['problems'][number][] = [];
  for (const { at, results } of buckets) {
    // A page of whole days can reach past the window.
    if (at < request.from || at >= request.to) continue;
    for (const result of results) {
      const record = recordOf(result, at, names);
      if (record !== null) records.push(record);
      else problems.push({ reason: 'the result has no amount', raw: JSON.stringify(result).slice(0, 500) });
    }
  }
  return { records, problems, cursor: next, asOf: null };
}

function recordOf(result: Fields, at: number, names: ReadonlyMap<string, string>): ImportedRecord | null {
  const { value, currency } = fieldsOf(result.amount);
  const amount = amountOf(value, 0, currency ?? 'usd');
  if (amount === null) return null;
  const text = textOf(result.line_item) ?? '';
  const item = lineItemOf(text);
  const project = textOf(result.project_id);
  const tokens = tokensOf(item, result);
  const [quantity, unit] = [amountText(result.quantity), textOf(result.quantity_unit)];
  return {
    key: bucketKey([at, text, project]),
    at,
    grain: 'day',
    provider: 'openai',
    model: item.model,
    project: project === null ? null : (names.get(project) ?? project),
    requests: 0,
    tokens,
    amount,
    ...((item.tier !== null || item.isLongContext) && {
      priceFacts: {
        ...(item.tier !== null && { serviceTier: item.tier }),
        ...(item.isLongContext && { longContext: true }),
      },
    }),
    extras: {
      ...(text !== '' && { lineItem: text }),
      ...(tokens === noTokens && quantity !== null && { quantity, ...(unit !== null && { unit }) }),
      ...(project !== null && { projectId: project }),
    },
  };
}

/** The quantity as tokens, where it counts any: a whole number, or thousands of them. */
function tokensOf({ part }: LineItem, { quantity, quantity_unit }: Fields): Tokens {
  const places = quantity_unit === 'tokens' ? 0 : quantity_unit === '1000_tokens' ? -3 : null;
  const count = places === null ? null : countOf(amountText(quantity, places));
  return part === null || count === null ? noTokens : { ...noTokens, [part]: count };
}
