interface SparklineProps {
  /** Cumulative values of the days so far. */
  readonly values: readonly number[];
  readonly slots: number;
  /** Where it is heading: at the last slot. */
  readonly target: { readonly value: number; readonly low: number; readonly high: number } | null;
  readonly startLabel: string;
  readonly endLabel: string;
  readonly label: string;
}

const width = 104;
const height = 84;
const base = 68;
const top = 8;
const right = width - 5;

/** History as a solid line, where it heads to as a dashed one inside its range. */
export function Sparkline({ values, slots, target, startLabel, endLabel, label }: SparklineProps) {
  const largest = Math.max(1, ...values, target?.high ?? 0);
  const x = (slot: number) => 1 + ((right - 1) * slot) / Math.max(1, slots - 1);
  const y = (value: number) => base - ((base - top) * Math.max(0, value)) / largest;
  const now = { x: x(values.length - 1), y: y(values.at(-1) ?? 0) };
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      {target && values.length < slots && (
        <>
          <path
            d={`M${now.x} ${now.y} L${right} ${y(target.high)} L${right} ${y(target.low)} Z`}
            className="fill-accent opacity-15"
          />
          <path
            d={`M${now.x} ${now.y} L${right} ${y(target.value)}`}
            className="fill-none stroke-accent-text"
            strokeWidth="1.5"
            strokeDasharray="3 2.5"
          />
        </>
      )}
      <polyline
        points={values.map((value, slot) => `${x(slot)},${y(value)}`).join(' ')}
        className="fill-none stroke-accent-text"
        strokeWidth="1.75"
        strokeLinejoin="round"
      />
      <circle cx={now.x} cy={now.y} r="3" className="fill-accent-text stroke-surface" strokeWidth="1.5" />
      <line x1="1" x2={right} y1={base + 0.5} y2={base + 0.5} className="stroke-axis" strokeWidth="1" />
      <text x="1" y={height - 3} className="tnum fill-text-3 text-2xs">
        {startLabel}
      </text>
      <text x={right} y={height - 3} textAnchor="end" className="tnum fill-text-3 text-2xs">
        {endLabel}
      </text>
    </svg>
  );
}
