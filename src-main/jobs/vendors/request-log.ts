import type { Timers } from '../../platform/ports.ts';
import type { RequestRow } from '../../store/vendor-requests.ts';

/** Collects how requests went and hands them over in batches: one write for many of them. */
export interface RequestLog {
  note(row: RequestRow): void;
  /** Hands over what is waiting; what cannot be written is not worth failing for. */
  flush(): Promise<void>;
}

const waitMs = 2_000;
const most = 100;

export function createRequestLog(
  timers: Timers,
  write: (rows: readonly RequestRow[]) => Promise<unknown>,
): RequestLog {
  let waiting: RequestRow[] = [];
  let cancel: (() => void) | null = null;
  const flush = async (): Promise<void> => {
    cancel?.();
    cancel = null;
    const rows = waiting;
    waiting = [];
    if (rows.length > 0) await write(rows).catch(() => undefined);
  };
  return {
    note(row) {
      waiting.push(row);
      if (waiting.length >= most) void flush();
      else cancel ??= timers.after(waitMs, () => void flush());
    },
    flush,
  };
}
