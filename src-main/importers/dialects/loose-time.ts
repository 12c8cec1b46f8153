import { openFields } from './json-fields.ts';

/**
 * UTC ms of an ISO time with its zone or of a number of milliseconds; null for anything else. For the first of several
 * places a time can stand in: the last one is read with `moment` or `epochMs`, which note that there is none.
 */
export function timeIn(value: unknown): number | null {
  const fields = openFields();
  let at = 0;
  const { kind } = fields.read(() => {
    at = typeof value === 'number' ? fields.epochMs(value) : fields.moment(value);
    return { kind: 'duplicate' };
  });
  return kind === 'refuse' ? null : at;
}

/** UTC ms of seconds since 1970, which can have a fraction; other values come back as they are. */
export function fromSeconds(value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1000) : value;
}
