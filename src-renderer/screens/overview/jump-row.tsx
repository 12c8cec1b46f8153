import { TrendingUp } from 'lucide-react';
import { useMemo } from 'react';
import type { ReportRow } from '../../../src-preload/contract/report.ts';
import { useRoute } from '../../api/client.ts';
import { formatWeekday } from '../../ui/dates.ts';
import { useView } from '../../ui/use-view.ts';
import { activityHref } from '../../ui/view.ts';
import { stepFor } from './buckets.ts';
import { jumpOf } from './jump.ts';
import type { Measure } from './measure.ts';
import type { MoverKey } from './names.ts';
import { useFormat } from './use-format.ts';

const noRows: readonly ReportRow[] = [];
const mostCauses = 2;

/** The day that cost several times a usual one, with what made it; nothing where no day stands out. */
export function JumpRow({ by, measure }: { readonly by: MoverKey; readonly measure: Measure }) {
  const { view, filters, dates, today } = useView();
  const format = useFormat(measure);
  const enabled = stepFor(dates) === 'day' && dates.from !== dates.to;
  const asked = useRoute('report.run', { by: ['day', by], filters }, { keepPrevious: true, enabled });
  const rows = enabled ? (asked.data?.rows ?? noRows) : noRows;
  const jump = useMemo(() => jumpOf(rows, by, measure), [rows, by, measure]);
  if (!jump) return null;
  const times = jump.usual === 0 ? null : jump.value / jump.usual;
  const causes = jump.causes.slice(0, mostCauses).map((one) => `${one.label} ${format.change(one.excess)}`);
  const title = [
    `${format.exact(jump.value)}; a usual day is ${format.exact(jump.usual)}`,
    ...jump.causes.map((one) => `${one.label} ${format.change(one.excess)}`),
  ].join('\n');
  return (
    <p className="border-t border-t-grid bg-sunken px-4 py-1.5 leading-3.5 hover:bg-hover">
      <a
        href={activityHref(view, { from: jump.day, to: jump.day })}
        title={title}
        className="group flex items-center gap-2 rounded-sm"
      >
        <TrendingUp aria-hidden className="size-4 shrink-0 text-text-2" strokeWidth={1.5} />
        <span className="min-w-0 flex-1">
          <span className="tnum block truncate text-sm group-hover:underline">
            <b className="font-semibold">{formatWeekday(jump.day, today)}</b> {format.text(jump.value)}
            {times !== null && `, ${timesWord(times)} a usual day`}
          </span>
          <span className="block truncate text-text-2 text-xs">
            {causes.length === 0 ? 'spread over many' : causes.join(', ')}
          </span>
        </span>
      </a>
    </p>
  );
}

function timesWord(times: number): string {
  return `${times >= 10 ? Math.round(times) : times.toFixed(1)}x`;
}
