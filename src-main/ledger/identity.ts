import { hash } from 'node:crypto';
import type { Key } from '../store/records.ts';
import type { DayNumber } from './day.ts';

/** Who a charge is, before it is hashed: charges with one identity are one. */
export interface Identity {
  /** Scope and id. */
  readonly text: string;
  /**
   * The UTC day, for rows whose day is part of what they are. Files are sorted by time, so such rows find their places
   * in the index side by side, which is what makes writing them fast.
   */
  readonly day: DayNumber | null;
}

export function identityOf(scope: string, id: string, day: DayNumber | null = null): Identity {
  return { text: `${scope}\u0000${id}`, day };
}

/** 96 bits of SHA-256, or the day and 80 bits: far past any chance of two charges sharing one. */
export function keyOf({ text, day }: Identity): Key {
  // As text with a byte in each character: a Buffer for each digest takes four times as long (measured).
  const digest = hash('sha256', text, 'binary');
  const a = day === null ? bigEndian(digest, 0, 6) : day * 2 ** 32 + bigEndian(digest, 0, 4);
  return { a, b: bigEndian(digest, 6, 6) };
}

function bigEndian(bytes: string, from: number, length: number): number {
  let value = 0;
  for (let at = from; at < from + length; at++) value = value * 256 + bytes.charCodeAt(at);
  return value;
}

/**
 * Ids of rows that carry none: the raw row and its occurrence number within one file. Two identical rows of one file
 * are two charges; the same file again gives the same ids.
 */
export function createRowIds(): (raw: string) => string {
  const seen = new Map<string, number>();
  return (raw) => {
    const digest = hash('sha256', raw, 'base64');
    const occurrence = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, occurrence);
    return occurrence === 1 ? `row\u0000${raw}` : `row\u0000${occurrence}\u0000${raw}`;
  };
}
