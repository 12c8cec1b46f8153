import { moneyTrouble, quoted } from '../importers/dialects/numbers.ts';
import { type ImportedRecord, tokenBuckets } from '../platform/record.ts';

/** At the dearest rate there is, the cost of more would not be an exact number. */
const mostTokens = 10_000_000_000;

/** Why the ledger cannot hold what a row states, or null. Formats that read JSON may state any number. */
export function troubleIn(records: readonly ImportedRecord[]): string | null {
  for (const { tokens } of records)
    for (const bucket of tokenBuckets)
      if (tokens[bucket] > mostTokens) return 'more tokens than one row can hold (10,000,000,000)';
  for (const { amount } of records) {
    const trouble = amount === undefined ? null : moneyTrouble(amount.value, amount.currency);
    if (amount !== undefined && trouble !== null) return quoted(amount.value) + trouble;
  }
  return null;
}
