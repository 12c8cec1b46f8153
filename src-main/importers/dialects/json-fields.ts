import type { RowOutcome } from '../../platform/importer.ts';
import { commonClock } from './clock.ts';
import { quoted } from './numbers.ts';

/** A JSON object whose values nobody has looked at yet. */
export type Fields = { readonly [name: string]: unknown };

export const notJson: RowOutcome = { kind: 'refuse', reason: 'the line is not valid JSON' };

/** The object a text holds; null when it is no JSON object. */
export function parseFields(text: string): Fields | null {
  try {
    return fieldsOf(JSON.parse(text)) ?? null;
  } catch {
    return null;
  }
}

export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** Text that is there and not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A value as a part of a key: objects as JSON, for one with a `toString` of its own has no other text. */
export function keyText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** As `Number`, but NaN for objects. */
export function numberIn(value: unknown): number {
  return typeof value === 'object' && value !== null ? Number.NaN : Number(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * Reads the numbers of one line after the other. What cannot be trusted is noted, not thrown: the line's outcome
 * then is a refusal with the first reason.
 */
export interface FieldReader {
  /** Runs `build` on a line and answers with its outcome, or with a refusal when a field could not be read. */
  read(build: () => RowOutcome): RowOutcome;
  /** A whole number of tokens or the like; 0 where missing or null. */
  count(fields: Fields | undefined, name: string): number;
  /** An ISO time with its zone, as UTC ms; it must be there. */
  moment(value: unknown): number;
  /** UTC ms of a number of milliseconds; it must be there. */
  epochMs(value: unknown): number;
  /** Notes why the line cannot be trusted. */
  refuse(reason: string): void;
}

const earliest = Date.UTC(2015, 0, 1);
const latest = Date.UTC(2100, 0, 1);
const isoMoment = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

export function openFields(): FieldReader {
  let problem = '';

  function refuse(reason: string): void {
    if (problem === '') problem = reason;
  }

  function inRange(ms: number, value: unknown): number {
    if (ms >= earliest && ms < latest) return ms;
    refuse(value === undefined ? 'the line has no time' : `${shown(value)} is not a time`);
    return 0;
  }

  return {
    refuse,
    read(build) {
      problem = '';
      const outcome = build();
      return problem === '' ? outcome : { kind: 'refuse', reason: problem };
    },
    count(fields, name) {
      const value = fields?.[name];
      if (value === undefined || value === null) return 0;
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
      refuse(`${name} ${shown(value)} is not a number of tokens`);
      return 0;
    },
    moment(value) {
      const common = typeof value === 'string' ? commonMoment(value) : null;
      if (common !== null) return common;
      const date = typeof value === 'string' ? isoMoment.exec(value)?.[1] : undefined;
      return inRange(date !== undefined && exists(date) ? Date.parse(value as string) : Number.NaN, value);
    },
    epochMs: (value) => inRange(typeof value === 'number' ? Math.trunc(value) : Number.NaN, value),
  };
}

let lastDate = '';
let lastDay = 0;

/** The moment `YYYY-MM-DDTHH:MM:SS.mmmZ` says, in range; null for any other. Logs go on for long on one date. */
export function commonMoment(stamp: string): number | null {
  if (stamp.length !== 24 || stamp[10] !== 'T' || stamp[19] !== '.' || stamp[23] !== 'Z') return null;
  const clock = commonClock(stamp);
  if (clock === null) return null;
  if (!stamp.startsWith(lastDate) || lastDate === '') {
    const date = stamp.slice(0, 10);
    const day = /^\d{4}-\d{2}-\d{2}$/.test(date) && exists(date) ? Date.parse(date) : Number.NaN;
    if (!(day >= earliest && day < latest)) return null;
    [lastDate, lastDay] = [date, day];
  }
  return lastDay + clock.ms;
}

/** Date.parse reads 30 February as 2 March. */
function exists(date: string): boolean {
  const day = Number(date.slice(8));
  return day <= 28 || new Date(`${date}T00:00:00Z`).getUTCDate() === day;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : (JSON.stringify(value) ?? 'nothing').slice(0, 40);
}
