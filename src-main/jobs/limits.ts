import { moneyTrouble, quoted } from '../importers/dialects/numbers.ts';
import type { ImportedRecord, Tokens } from '../platform/record.ts';

/** At the dearest rate there is, the cost of more would not be an exact number. */
const mostTokens = 10_000_000_000;
const tooManyTokens = 'more tokens than one row can hold (10,000,000,000)';

/** Why the ledger cannot hold what a row states, or null. Formats that read JSON may state any number. */
export function troubleIn(records: readonly ImportedRecord[]): string | null {
  for (const { tokens } of records) if (hasTooMany(tokens)) return tooManyTokens;
  for (const { amount } of records) {
    const trouble = amount === undefined ? null : moneyTrouble(amount.value, amount.currency);
    if (amount !== undefined && trouble !== null) return quoted(amount.value) + trouble;
  }
  return null;
}

/** Written out: it is asked of every record. */
function hasTooMany(t: Tokens): boolean {
  return (
    t.input > mostTokens ||
    t.cacheRead > mostTokens ||
    t.cacheWrite5m > mostTokens ||
    t.cacheWrite1h > mostTokens ||
    t.cacheWriteUnknown > mostTokens ||
    t.output > mostTokens ||
    t.reasoning > mostTokens
  );
}
