import { hash } from 'node:crypto';

/** Bytes of an identity: 128 bits of SHA-256, far past any chance of two charges sharing one. */
const keyBytes = 16;

export function keyOf(scope: string, text: string): Buffer {
  return hash('sha256', `${scope}\u0000${text}`, 'buffer').subarray(0, keyBytes);
}

/**
 * Identities of rows that carry none: the raw row and its occurrence number within one file. Two identical rows of one
 * file are two charges; the same file again gives the same identities.
 */
export function createRowKeys(scope: string): (raw: string) => Buffer {
  const seen = new Map<string, number>();
  return (raw) => {
    const first = keyOf(scope, `row\u0000${raw}`);
    const text = first.toString('latin1');
    const occurrence = (seen.get(text) ?? 0) + 1;
    seen.set(text, occurrence);
    return occurrence === 1 ? first : keyOf(scope, `row\u0000${occurrence}\u0000${raw}`);
  };
}
