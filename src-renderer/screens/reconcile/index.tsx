import { useHashParams } from '../../ui/hash-location.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { MonthView } from './month-view.tsx';
import { MonthsView } from './months-view.tsx';

/** What was billed beside what LLMLab knows itself. Which account and month stand in the address. */
export function Reconcile() {
  const [params] = useHashParams();
  const accountId = Number(params.get('of'));
  const month = params.get('month') ?? '';
  const isMonth = Number.isSafeInteger(accountId) && accountId > 0 && /^\d{4}-(0[1-9]|1[0-2])$/.test(month);
  return <PageBody>{isMonth ? <MonthView accountId={accountId} month={month} /> : <MonthsView />}</PageBody>;
}
