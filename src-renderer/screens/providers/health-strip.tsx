import type { Health } from '../../../src-preload/contract/connections.ts';
import { useRoute } from '../../api/client.ts';
import { cx } from '../../ui/cx.ts';
import { formatMoment } from '../../ui/dates.ts';
import { plural } from '../../ui/numbers.ts';
import { useView } from '../../ui/use-view.ts';
import { type Slot, slotsOf, stripWords } from './strip.ts';

interface HealthStripProps {
  readonly hours: Health['hours'];
  readonly days: number;
  /** At most so many bars. */
  readonly most?: number;
  readonly className?: string;
}

/** The last days: the more was asked, the higher; red where all of it failed, amber where some did. */
export function HealthStrip({ hours, days, most: bars = 168, className }: HealthStripProps) {
  const now = useRoute('app.info', {}).data?.now ?? Date.now();
  const { zone, today } = useView();
  const slots = slotsOf(hours, now, days, bars);
  const most = Math.max(1, ...slots.map((slot) => slot.requests));
  return (
    <div role="img" aria-label={stripWords(slots)} className={cx('flex h-6 items-end gap-px', className)}>
      {slots.map((slot) => (
        <i
          key={slot.from}
          title={`${formatMoment(slot.from, zone, today).slice(0, -3)}: ${titleOf(slot)}`}
          style={{ height: `${heightOf(slot, most)}%` }}
          className={cx('min-w-px flex-1 rounded-[1px]', tintOf(slot))}
        />
      ))}
    </div>
  );
}

function titleOf({ requests, failed }: Slot): string {
  if (requests === 0) return 'no requests';
  return `${plural(requests, 'request')}, ${failed === 0 ? 'none failed' : `${failed} failed`}`;
}

/** In percent; the root, so that a busy hour does not flatten the others. Nothing asked is the base line. */
function heightOf({ requests }: Slot, most: number): number {
  return requests === 0 ? 8 : 25 + 75 * Math.sqrt(requests / most);
}

function tintOf({ requests, failed }: Slot): string {
  if (requests === 0) return 'bg-track';
  if (failed === 0) return 'bg-border-control';
  return failed === requests ? 'bg-over-fill' : 'bg-warn-fill';
}
