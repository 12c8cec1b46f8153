/** Time of day in ms and whether the text says UTC. */
export interface ClockTime {
  readonly ms: number;
  readonly isUtc: boolean;
}

const zero = 48;

/**
 * The time in the commonest form of a stamp, `YYYY-MM-DDTHH:MM:SS[.mmm]` with nothing, `Z` or `+00:00` behind it,
 * read without a pattern because logs of single calls have another one in every row. Null for any other form.
 */
export function commonClock(stamp: string): ClockTime | null {
  const separator = stamp.charCodeAt(10);
  if ((separator !== 84 && separator !== 32) || stamp.charCodeAt(13) !== 58 || stamp.charCodeAt(16) !== 58)
    return null;
  const hour = twoDigits(stamp, 11);
  const minute = twoDigits(stamp, 14);
  const second = twoDigits(stamp, 17);
  if (hour > 23 || minute > 59 || second > 59) return null;
  const hasMillis = stamp.charCodeAt(19) === 46;
  const millis = hasMillis ? twoDigits(stamp, 20) * 10 + oneDigit(stamp, 22) : 0;
  const rest = stamp.slice(hasMillis ? 23 : 19);
  if (!(millis <= 999) || (rest !== '' && rest !== 'Z' && rest !== '+00:00')) return null;
  return { ms: ((hour * 60 + minute) * 60 + second) * 1000 + millis, isUtc: rest !== '' };
}

/** Infinity where there are no two digits, so that no range check lets it pass. */
function twoDigits(text: string, at: number): number {
  return oneDigit(text, at) * 10 + oneDigit(text, at + 1);
}

function oneDigit(text: string, at: number): number {
  const digit = text.charCodeAt(at) - zero;
  return digit >= 0 && digit <= 9 ? digit : Infinity;
}
