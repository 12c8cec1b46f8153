import { hash } from 'node:crypto';
import type { Key } from '../store/records.ts';
import type { DayNumber } from './day.ts';

/** An identity within its scope: 96 bits of SHA-256, far past any chance of two charges sharing one. */
export function keyOf(scope: string, text: string): Key {
  const bytes = hash('sha256', `${scope}\u0000${text}`, 'buffer');
  return { a: bytes.readUIntBE(0, 6), b: bytes.readUIntBE(6, 6) };
}

/**
 * An identity within its scope and UTC day (the day and 80 bits of the hash): for rows whose day is part of what they
 * are. Files are sorted by time, so their rows find their places in the index side by side, which is what makes
 * writing them fast.
 */
export function keyWithinDay(key: Key, utcDay: DayNumber): Key {
  return { a: utcDay * 2 ** 32 + Math.floor(key.a / 2 ** 16), b: key.b };
}

/**
 * Identities of rows that carry none: the raw row and its occurrence number within one file. Two identical rows of one
 * file are two charges; the same file again gives the same identities.
 */
export function createRowKeys(scope: string): (raw: string) => Key {
  const seen = new Map<string, number>();
  return (raw) => {
    const first = keyOf(scope, `row\u0000${raw}`);
    const text = `${first.a} ${first.b}`;
    const occurrence = (seen.get(text) ?? 0) + 1;
    seen.set(text, occurrence);
    return occurrence === 1 ? first : keyOf(scope, `row\u0000${occurrence}\u0000${raw}`);
  };
}
