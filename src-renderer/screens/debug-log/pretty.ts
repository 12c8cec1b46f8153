/** A body as it is easiest to read: JSON indented, anything else as it is. */
export function prettyBody(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** How a request ended, in a word or a number. */
export function outcomeOf({
  status,
  error,
}: {
  readonly status: number | null;
  readonly error: string | null;
}): {
  readonly text: string;
  readonly tone: 'good' | 'warn' | 'over';
} {
  if (status === null) return { text: 'No answer', tone: 'over' };
  if (error !== null) return { text: `${status}, broke off`, tone: 'over' };
  return { text: String(status), tone: status < 400 ? 'good' : 'warn' };
}
