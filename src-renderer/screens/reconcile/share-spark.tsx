import type { ReconciledMonth } from '../../../src-preload/contract/reconcile.ts';

const [width, height, step] = [72, 24, 9];

/** Size of the gap by month, oldest first; a month without both sides leaves a place free. */
export function ShareSpark({
  months,
  label,
}: {
  readonly months: readonly ReconciledMonth[];
  readonly label: string;
}) {
  const shares = months
    .slice(0, Math.floor(width / step))
    .map(({ month, gapPerMille, verdict }) => ({
      month,
      verdict,
      size: gapPerMille === null ? null : Math.abs(gapPerMille),
    }))
    .toReversed();
  const largest = Math.max(10, ...shares.map(({ size }) => size ?? 0));
  const base = height - 1;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      <line x1="0" x2={width} y1={base + 0.5} y2={base + 0.5} className="stroke-axis" strokeWidth="1" />
      {shares.map(({ month, verdict, size }, i) => {
        const tall = size === null ? 0 : Math.max(1.5, (size / largest) * (base - 2));
        const x = width - (shares.length - i) * step + 1;
        return size === null ? null : (
          <rect
            key={month}
            x={x}
            y={base - tall}
            width={step - 3}
            height={tall}
            rx="1"
            className={verdict === 'agrees' ? 'fill-good-fill' : 'fill-warn-fill'}
          />
        );
      })}
    </svg>
  );
}
