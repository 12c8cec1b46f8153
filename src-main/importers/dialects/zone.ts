const quarterHourMs = 900_000;

/** Turns wall-clock times of one zone into UTC ms. Throws RangeError for a zone the system does not know. */
export function openZone(name: string): (wallMs: number) => number | null {
  if (name === 'UTC') return (wallMs) => wallMs;
  const offset = openOffsets(name);
  const dayMs = 86_400_000;
  /** `wallMs` is the wall time written as if it were UTC; of a doubled hour the first one; null in a skipped hour. */
  return (wallMs) => {
    const before = wallMs - offset(wallMs - dayMs);
    const after = wallMs - offset(wallMs + dayMs);
    const [first, second] = before < after ? [before, after] : [after, before];
    if (first + offset(first) === wallMs) return first;
    return second + offset(second) === wallMs ? second : null;
  };
}

/** Offset from UTC in ms at a moment. Zones change on quarter hours at the finest, so one look-up serves each. */
function openOffsets(name: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const known = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / quarterHourMs);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    const start = quarter * quarterHourMs;
    const part = Object.fromEntries(
      format.formatToParts(start).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    const offset = Date.UTC(year, month - 1, day, hour, minute, second) - start;
    known.set(quarter, offset);
    return offset;
  };
}
