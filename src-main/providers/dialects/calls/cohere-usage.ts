import type { CallUsage } from '../../../platform/provider.ts';
import { noTokens } from '../../../platform/record.ts';
import { countOf, type Fields, fieldsOf, textOf } from '../json.ts';
import { objectOf, type Wire } from './wire.ts';

/** Usage of Cohere's chat: `billed_units` is what is paid for; `tokens` counts more, and stands in where nothing is billed. */
export function cohereUsage(usage: Fields): CallUsage {
  const units = objectOf(usage.billed_units) ?? fieldsOf(usage.tokens);
  return {
    tokens: {
      ...noTokens,
      input: countOf(units.input_tokens) ?? 0,
      output: countOf(units.output_tokens) ?? 0,
    },
  };
}

export const cohereWire: Wire = {
  see(raw) {
    const usage = objectOf(raw.usage) ?? objectOf(fieldsOf(raw.delta).usage);
    return { usage, tier: null, model: null, id: textOf(raw.id) };
  },
  usageOf: cohereUsage,
};
