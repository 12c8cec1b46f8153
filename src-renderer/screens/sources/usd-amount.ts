const maxNanoUsd = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Nano-USD of an amount as people type it (`20`, `$ 1,200.00`, `17.5`), exactly; null when it is not an amount of
 * at most nine decimals. A comma is a thousands mark only where it groups three digits; `12,50` is refused, not guessed.
 */
export function nanoUsdOf(text: string): number | null {
  const bare = text.trim().replace(/^\$\s*/, '');
  const plain = /^\d{1,3}(,\d{3})+(\.\d*)?$/.test(bare) ? bare.replaceAll(',', '') : bare;
  const match = /^(\d{1,10})(?:\.(\d{0,9}))?$/.exec(plain);
  if (match === null) return null;
  const nano = BigInt(match[1] ?? '0') * 1_000_000_000n + BigInt((match[2] ?? '').padEnd(9, '0'));
  return nano > maxNanoUsd ? null : Number(nano);
}

/** The amount as one would type it: at least two decimals, no more than it needs. */
export function usdAmountOf(nanoUsd: number): string {
  const digits = String(nanoUsd).padStart(10, '0');
  const decimals = digits.slice(-9).replace(/0+$/, '').padEnd(2, '0');
  return `${digits.slice(0, -9)}.${decimals}`;
}
