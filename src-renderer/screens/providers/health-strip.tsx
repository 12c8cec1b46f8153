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
  readonly className?: string;
}

/** The last days hour by hour: a mark where something was asked, red where all of it failed, amber where some did. */
export function HealthStrip({ hours, days, className }: HealthStripProps) {
  const now = useRoute('app.info', {}).data?.now ?? Date.now();
  const { zone, today } = useView();
  const slots = slotsOf(hours, now, days);
  return (
    <div role="img" aria-label={stripWords(slots)} className={cx('flex h-6 items-stretch gap-px', className)}>
      {slots.map((slot) => (
        <i
          key={slot.from}
          title={`${formatMoment(slot.from, zone, today).slice(0, -3)}: ${titleOf(slot)}`}
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

function tintOf({ requests, failed }: Slot): string {
  if (requests === 0) return 'bg-track';
  if (failed === 0) return 'bg-good-fill';
  return failed === requests ? 'bg-over-fill' : 'bg-warn-fill';
}
