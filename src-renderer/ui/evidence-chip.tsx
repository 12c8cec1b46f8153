import type { Evidence } from '../../src-preload/contract/values.ts';
import { cx } from './cx.ts';
import { type EvidenceSummary, evidenceMeaning, pipsOf } from './evidence.ts';
import { formatPercent } from './numbers.ts';
import { Tooltip } from './tooltip.tsx';

interface ChipProps {
  readonly evidence: Evidence | EvidenceSummary;
  readonly className?: string;
}

/** How sure a figure is. A mixed total names its best witness with its share, and shows the parts as a tiny bar. */
export function EvidenceChip({ evidence, className }: ChipProps) {
  const summary = typeof evidence === 'string' ? pure(evidence) : evidence;
  const { best, mixed, shares } = summary;
  const top = shares[0]?.share ?? 1;
  return (
    <Tooltip text={<Explanation summary={summary} />}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its explanation must be reachable by keyboard */}
      <span tabIndex={0} className={cx(chipClass(best, mixed), className)}>
        {mixed ? <SplitBar summary={summary} /> : <Pips filled={pipsOf[best]} />}
        {mixed ? `${formatPercent(top, 1, 0)} ${best}` : best}
      </span>
    </Tooltip>
  );
}

function chipClass(best: Evidence, mixed: boolean): string {
  const outline =
    best === 'estimated' && !mixed
      ? 'outline-1 outline-dashed -outline-offset-1 outline-border-control'
      : 'bg-(--chip-surface,var(--color-sunken)) shadow-[inset_0_0_0_1px_var(--color-border)]';
  return cx(
    'tnum inline-flex h-4.5 shrink-0 items-center gap-1.25 whitespace-nowrap rounded-sm pr-1.5 pl-1.25 font-medium text-text-2 text-xs',
    'focus-visible:outline-2 focus-visible:outline-focus focus-visible:outline-solid focus-visible:outline-offset-1',
    outline,
  );
}

function Pips({ filled }: { readonly filled: number }) {
  return (
    <span aria-hidden className="inline-flex gap-0.5">
      {[1, 2, 3, 4].map((pip) => (
        <i
          key={pip}
          className={cx('h-2.25 w-0.75 rounded-[1px]', pip <= filled ? 'bg-text-2' : 'bg-border-strong')}
        />
      ))}
    </span>
  );
}

const fills: Readonly<Record<Evidence, string>> = {
  billed: 'bg-text-2',
  metered: 'bg-text-3',
  recorded: 'bg-border-control opacity-60',
  estimated: 'hatched',
};

/** The parts of a total by who vouches for them, best first; no part is thinner than two pixels. */
function SplitBar({ summary }: { readonly summary: EvidenceSummary }) {
  return (
    <span aria-hidden className="inline-flex h-2.25 w-7 gap-px overflow-hidden rounded-[1px]">
      {summary.shares.map(({ evidence, share }) => (
        <i
          key={evidence}
          className={cx('min-w-0.5', fills[evidence])}
          style={{ flexGrow: share, flexBasis: 0 }}
        />
      ))}
    </span>
  );
}

function Explanation({ summary }: { readonly summary: EvidenceSummary }) {
  return (
    <span className="block leading-4.5">
      {summary.shares.map(({ evidence, share }) => (
        <span key={evidence} className="block">
          <b className="font-semibold">
            {summary.mixed ? `${formatPercent(share, 1)} ${evidence}` : evidence}
          </b>
          <span className="text-text-2">: {evidenceMeaning[evidence]}</span>
        </span>
      ))}
    </span>
  );
}

function pure(evidence: Evidence): EvidenceSummary {
  return { best: evidence, mixed: false, shares: [{ evidence, amount: 1, share: 1 }] };
}
