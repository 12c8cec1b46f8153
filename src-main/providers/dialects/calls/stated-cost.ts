import { amountOf, unitPlaces } from '../amount.ts';
import { type Fields, fieldsOf } from '../json.ts';
import type { StatedCost } from './sdk-calls.ts';

/** What replies of some vendors and gateways say they cost; null where one does not say it. */

/** OpenRouter: `usage.cost`, USD that were charged. */
export function openRouterCost(usage: Fields): StatedCost | null {
  return stated(usage.cost);
}

/** xAI: `cost_in_usd_ticks`, after discounts and with tools; one USD is 10,000,000,000 ticks. */
export function xaiCost(usage: Fields): StatedCost | null {
  return stated(usage.cost_in_usd_ticks, unitPlaces.ticks);
}

/** Perplexity: `usage.cost.total_cost` in USD, with the fee of the request. */
export function perplexityCost(usage: Fields): StatedCost | null {
  return stated(fieldsOf(usage.cost).total_cost);
}

/** DeepInfra: `estimated_cost` in USD, by its own word an estimate. */
export function deepInfraCost(usage: Fields): StatedCost | null {
  return estimated(stated(usage.estimated_cost));
}

/** LiteLLM: a header with USD out of the proxy's own price list; streams have none. */
export function liteLlmCost(_usage: Fields, headers: Headers): StatedCost | null {
  return estimated(stated(headers.get('x-litellm-response-cost')));
}

function stated(value: unknown, places = 0): StatedCost | null {
  const cost = amountOf(value, places);
  return cost === null ? null : { cost };
}

function estimated(found: StatedCost | null): StatedCost | null {
  return found === null ? null : { ...found, isEstimate: true };
}
