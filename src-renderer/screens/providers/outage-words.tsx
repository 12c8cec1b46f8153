import type { Health } from '../../../src-preload/contract/connections.ts';
import { formatMoment } from '../../ui/dates.ts';
import { readAt } from '../../ui/read-at.ts';
import { useView } from '../../ui/use-view.ts';
import { durationWords, errorWords } from './health-words.ts';

/** The last stretch in which nothing came back but errors. */
export function Outage({ outage }: { readonly outage: Health['lastOutage'] }) {
  const { zone, today } = useView();
  if (outage === null) return <span className="text-text-2">none seen</span>;
  const since = readAt(outage.from, zone, today);
  return (
    <span
      title={formatMoment(outage.from, zone, today)}
      className={outage.to === null ? 'text-over' : undefined}
    >
      {outage.to === null ? `since ${since}` : `${since}, for ${durationWords(outage.to - outage.from)}`}:{' '}
      {errorWords(outage.code)}
    </span>
  );
}
