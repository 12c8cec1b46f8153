import { bedrockEdition, meterPriceFacts, modelOfMeter } from '../../platform/meters/meter-words.ts';
import type { CostPage, CostRequest, ProviderContext } from '../../platform/provider.ts';
import { type ImportedRecord, noTokens } from '../../platform/record.ts';
import { amountOf, amountText } from '../dialects/amount.ts';
import { callAws } from '../dialects/aws.ts';
import { merged } from '../dialects/daily.ts';
import { bucketKey, dateText, momentOf } from '../dialects/days.ts';
import { badResponse } from '../dialects/failure.ts';
import { type Fields, fieldsOf, listOf, rowsOf, textOf } from '../dialects/json.ts';
import { tokensOfMeter } from '../dialects/metered-tokens.ts';

/** Cost Explorer is one for all regions. */
export const explorer = 'https://ce.us-east-1.amazonaws.com';

/** Costs by day, service and usage type (docs.aws.amazon.com, GetCostAndUsage), a page of them. */
export async function readCosts(
  { from, to, cursor }: CostRequest,
  context: ProviderContext,
): Promise<CostPage> {
  const answer = fieldsOf(
    await callAws(context, {
      url: `${explorer}/`,
      service: 'ce',
      region: 'us-east-1',
      target: 'AWSInsightsIndexService.GetCostAndUsage',
      json: {
        TimePeriod: { Start: dateText(from), End: dateText(to) },
        Granularity: 'DAILY',
        Metrics: ['UnblendedCost', 'UsageQuantity'],
        GroupBy: [
          { Type: 'DIMENSION', Key: 'SERVICE' },
          { Type: 'DIMENSION', Key: 'USAGE_TYPE' },
        ],
        ...(cursor !== null && { NextPageToken: cursor }),
      },
      notEnabled: 'Open Cost Explorer once in the AWS console; its data is ready a day later.',
    }),
  );
  if (!Array.isArray(answer.ResultsByTime)) throw badResponse('AWS', 'the days are missing');
  const problems: CostPage['problems'][number][] = [];
  const records = rowsOf(answer.ResultsByTime).flatMap((day) => {
    const at = momentOf(fieldsOf(day.TimePeriod).Start);
    if (at === null || at < from || at >= to) return [];
    return rowsOf(day.Groups).flatMap((group) => {
      const record = recordOf(group, at);
      if (typeof record === 'string')
        problems.push({ reason: record, raw: JSON.stringify(group).slice(0, 500) });
      return typeof record === 'object' && record !== null ? [record] : [];
    });
  });
  return { records: merged(records), problems, cursor: textOf(answer.NextPageToken), asOf: null };
}

/** Null for other services and for groups without cost: makers' models are services of their own, with Bedrock in their name. */
function recordOf(group: Fields, at: number): ImportedRecord | string | null {
  const [service = '', usageType = ''] = listOf(group.Keys).map(String);
  if (!/bedrock/i.test(service)) return null;
  const { UnblendedCost, UsageQuantity } = fieldsOf(group.Metrics);
  const [cost, used] = [fieldsOf(UnblendedCost), fieldsOf(UsageQuantity)];
  const amount = amountOf(cost.Amount, 0, cost.Unit);
  if (amount === null) return 'the group has no cost';
  const quantity = amountText(used.Amount) ?? '0';
  const tokens = tokensOfMeter(usageType, quantity, textOf(used.Unit) ?? '');
  if (amount.value === '0' && tokens === noTokens) return null;
  const priceFacts = meterPriceFacts(usageType);
  return {
    key: bucketKey([at, service, usageType]),
    at,
    grain: 'day',
    provider: 'aws',
    model: bedrockEdition(service) ?? modelOfMeter(usageType),
    requests: 0,
    tokens,
    amount,
    ...(priceFacts && { priceFacts }),
    extras: { service, usageType },
  };
}
