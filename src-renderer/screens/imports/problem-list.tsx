import { ChevronDown } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Problem } from '../../../src-preload/contract/imports.ts';
import { cx } from '../../ui/cx.ts';
import { formatCount, plural } from '../../ui/numbers.ts';
import { describeRanges, groupProblems, type ProblemGroup } from './problems.ts';

/** Refused rows by the kind of trouble; each kind opens to the rows themselves. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  const groups = useMemo(() => groupProblems(problems), [problems]);
  return (
    <ul className="overflow-hidden rounded-lg border">
      {groups.map((group) => (
        <ProblemItem key={group.reason} group={group} />
      ))}
    </ul>
  );
}

const shownRows = 20;

function ProblemItem({ group }: { readonly group: ProblemGroup }) {
  const [open, setOpen] = useState(false);
  const rest = group.rows.length - shownRows;
  return (
    <li className="border-t border-t-grid first:border-t-0">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-7 w-full items-center gap-3 px-3 py-1 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="tnum w-32 shrink-0 truncate text-text-3">{linesOf(group)}</span>
        <span className="min-w-0 flex-1">
          {group.reason}
          {group.varies && <span className="text-text-3"> and alike</span>}
        </span>
        <span className="tnum text-text-3 text-xs">{plural(group.rows.length, 'row')}</span>
        <ChevronDown
          aria-hidden
          strokeWidth={1.5}
          className={cx(
            'size-3.5 shrink-0 text-text-3 transition-transform duration-(--duration-fast)',
            open && 'rotate-180',
          )}
        />
      </button>
      {open && (
        <div className="border-t border-t-grid bg-sunken px-3 py-2">
          {group.rows.slice(0, shownRows).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one line may be refused twice; the list never moves
            <RefusedRow key={index} row={row} reason={group.varies ? row.reason : null} />
          ))}
          {rest > 0 && (
            <p className="mt-1 text-text-3 text-xs">
              {plural(rest, 'more row')} like these: save them as CSV to see all.
            </p>
          )}
        </div>
      )}
    </li>
  );
}

function RefusedRow({ row, reason }: { readonly row: Problem; readonly reason: string | null }) {
  return (
    <div className="flex gap-3 py-0.5 text-xs">
      <span className="tnum w-13 shrink-0 text-right text-text-3">
        {row.line > 0 ? formatCount(row.line) : '–'}
      </span>
      <div className="min-w-0 flex-1">
        {reason !== null && <p className="text-text-2">{reason}</p>}
        <code className="block truncate font-mono text-text" title={row.raw ?? undefined}>
          {row.raw ?? 'The row itself was not kept.'}
        </code>
      </div>
    </div>
  );
}

function linesOf({ ranges, rows }: ProblemGroup): string {
  if (ranges.length === 0) return 'Whole file';
  return `${rows.length === 1 ? 'Line' : 'Lines'} ${describeRanges(ranges, formatCount, 2)}`;
}
