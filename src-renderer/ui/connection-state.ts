import type { Connection } from '../../src-preload/contract/connections.ts';
import type { ErrorCode } from '../../src-preload/contract/errors.ts';
import { formatSeconds } from './dates.ts';
import { plural } from './numbers.ts';

export type ConnectionStateKind =
  | 'paused'
  | 'locked'
  | 'key-missing'
  | 'failing'
  | 'resting'
  | 'running'
  | 'filling'
  | 'waiting'
  | 'idle'
  | 'ok';

/** How a connection is doing: a word, and where it is not well a sentence with what to do. */
export interface ConnectionState {
  readonly kind: ConnectionStateKind;
  readonly tone: 'neutral' | 'good' | 'warn' | 'over' | 'info';
  readonly word: string;
  readonly reason: string | null;
  /** Code of the failure behind it. */
  readonly code: ErrorCode | null;
  /** Of several failing reports: how many more than the one in `reason`. */
  readonly others: number;
}

/** The worst thing to say of a connection; what the user did on purpose (pausing it) goes first. */
export function stateOf(connection: Connection): ConnectionState {
  const { reports, breaker } = connection;
  if (connection.paused) return say('paused', 'neutral', 'Paused');
  const failed = reports.filter((report) => report.error !== null);
  const locked = failed.find((report) => report.error?.code === 'VAULT_LOCKED');
  if (locked) return failing('locked', 'warn', 'Locked', [locked]);
  const keyless = failed.find((report) => report.error?.code === 'NO_KEY');
  if (keyless) return failing('key-missing', 'over', 'Key missing', [keyless]);
  if (breaker.state === 'open') return resting(failed);
  if (failed.length > 0) return failing('failing', 'over', 'Failing', failed);
  if (reports.some((report) => report.isRunning)) return say('running', 'info', 'Syncing');
  if (reports.length > 0 && reports.every((report) => report.missing.length > 0))
    return {
      ...say('key-missing', 'warn', 'Key missing'),
      reason: 'None of its reports can be read without a further key.',
    };
  if (reports.some((report) => report.backfill !== null)) return say('filling', 'info', 'Reading its past');
  if (reports.length === 0) return say('idle', 'neutral', 'For calls');
  return reports.some((report) => report.lastSuccessAt !== null)
    ? say('ok', 'good', 'Up to date')
    : say('waiting', 'info', 'Not read yet');
}

/** Whether somebody has to do something about it. */
export function needsCare({ kind }: ConnectionState): boolean {
  return kind === 'locked' || kind === 'key-missing' || kind === 'failing' || kind === 'resting';
}

/** When anything of it was last read; null while nothing was. */
export function lastSuccessOf({ reports }: Connection): number | null {
  return latest(reports.map((report) => report.lastSuccessAt));
}

/** When something of it is next read; null while it is paused or nothing is due. */
export function nextRunOf({ reports, paused }: Connection): number | null {
  if (paused) return null;
  const next = reports.map((report) => report.nextAt).filter((at) => at !== null);
  return next.length === 0 ? null : Math.min(...next);
}

/** What its reports of money and usage cover up to: the one that is furthest behind. */
export function asOfOf({ reports }: Connection): number | null {
  const known = reports
    .filter((report) => report.evidence !== null)
    .map((report) => report.asOf)
    .filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Days read and days to read of all reports whose past is being filled in; null where none is. */
export function backfillOf({
  reports,
}: Connection): { readonly done: number; readonly total: number } | null {
  const open = reports.map((report) => report.backfill).filter((backfill) => backfill !== null);
  if (open.length === 0) return null;
  return {
    done: open.reduce((sum, one) => sum + one.done, 0),
    total: open.reduce((sum, one) => sum + one.total, 0),
  };
}

/** `41 of 90 days` */
export function backfillWords({ done, total }: { readonly done: number; readonly total: number }): string {
  return `${done} of ${plural(total, 'day')}`;
}

export function waitWords(untilMs: number, zone: string): string {
  return `The vendor asked to wait until ${formatSeconds(untilMs, zone)}. Then it goes on by itself.`;
}

function resting(failed: Connection['reports']): ConnectionState {
  return {
    ...failing('resting', 'warn', 'Resting', failed),
    reason:
      failed[0]?.error?.message ??
      'Several requests in a row failed. No more are sent until the vendor has had a rest.',
  };
}

function failing(
  kind: ConnectionStateKind,
  tone: ConnectionState['tone'],
  word: string,
  failed: Connection['reports'],
): ConnectionState {
  const first = failed[0];
  return {
    ...{ kind, tone, word, code: first?.error?.code ?? null, reason: first?.error?.message ?? null },
    others: new Set(failed.map((report) => report.error?.message)).size - 1,
  };
}

function say(kind: ConnectionStateKind, tone: ConnectionState['tone'], word: string): ConnectionState {
  return { kind, tone, word, reason: null, code: null, others: 0 };
}

function latest(times: readonly (number | null)[]): number | null {
  const known = times.filter((at) => at !== null);
  return known.length === 0 ? null : Math.max(...known);
}
