import { inTransaction } from '../store/database.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { openBook, openPrices, type TaskContext } from './context.ts';
import { reprice } from './reprice.ts';

/** Counts the ledger anew where its zone is no longer the chosen one. True when it did. */
function recountForZone(context: TaskContext): boolean {
  return inTransaction(context.db, () => {
    if (readMeta(context.db, 'zone') === context.settings.zone) return false;
    writeMeta(context.db, 'zone', context.settings.zone);
    openBook(context).recount();
    return true;
  });
}

/** Counts the ledger anew in its zone: after its sums were found wrong. */
export function recount(context: TaskContext): void {
  inTransaction(context.db, () => {
    writeMeta(context.db, 'zone', context.settings.zone);
    openBook(context).recount();
  });
}

/** After start and after settings changed: right zone, and what can be priced now is priced. Answers how many costs changed. */
export function bringUpToDate(context: TaskContext): number {
  recountForZone(context);
  const version = openPrices(context.db, context.resourcesDir).version;
  const rates = JSON.stringify(context.settings.rates);
  const isSameRates = readMeta(context.db, 'rates') === rates;
  if (readMeta(context.db, 'price_version') === version && isSameRates) return 0;
  const changed = reprice(context, { scope: isSameRates ? 'unpriced' : 'all' });
  inTransaction(context.db, () => {
    writeMeta(context.db, 'price_version', version);
    writeMeta(context.db, 'rates', rates);
  });
  return changed;
}
