import { Check, CircleAlert, Ellipsis, Hourglass, KeyRound, type LucideIcon, RefreshCw } from 'lucide-react';
import type { SyncState } from '../../../src-preload/contract/connections.ts';
import { backfillWords, waitWords } from '../../ui/connection-state.ts';
import { useView } from '../../ui/use-view.ts';

/** One report of a first sync: waiting, being read, read, or what keeps it from it. */
export function SyncLine({ report }: { readonly report: SyncState }) {
  const { zone } = useView();
  const { icon: Icon, tint, text } = lineOf(report, zone);
  return (
    <li className="flex items-start gap-2 py-0.5 text-sm">
      <Icon aria-hidden className={`mt-0.5 size-3.5 shrink-0 ${tint}`} />
      <span className="w-36 shrink-0">{report.label}</span>
      <span className="min-w-0 break-words text-text-2">{text}</span>
    </li>
  );
}

function lineOf(
  report: SyncState,
  zone: string,
): {
  readonly icon: LucideIcon;
  readonly tint: string;
  readonly text: string;
} {
  if (report.missing.length > 0) return { icon: KeyRound, tint: 'text-text-3', text: 'needs a further key' };
  if (report.readBy !== undefined)
    return { icon: Check, tint: 'text-text-3', text: `read by ${report.readBy}, of the same account` };
  if (report.waitsUntil !== null)
    return { icon: Hourglass, tint: 'text-text-3', text: waitWords(report.waitsUntil, zone) };
  if (report.error !== null) return { icon: CircleAlert, tint: 'text-over', text: report.error.message };
  if (report.backfill !== null)
    return { icon: RefreshCw, tint: 'text-accent-text', text: `${backfillWords(report.backfill)} read` };
  if (report.isRunning) return { icon: RefreshCw, tint: 'text-accent-text', text: 'being read' };
  if (report.lastSuccessAt !== null) return { icon: Check, tint: 'text-good', text: 'read' };
  return { icon: Ellipsis, tint: 'text-text-3', text: 'waiting' };
}
