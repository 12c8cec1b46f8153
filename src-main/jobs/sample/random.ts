/** Repeatable pseudo-random numbers (mulberry32), seeded by a text: sample data only. */
export interface Random {
  /** A whole number in [low, high]. */
  between(low: number, high: number): number;
  /** True in `percent` of a hundred draws. */
  chance(percent: number): boolean;
  pick<T extends readonly [unknown, ...unknown[]]>(choices: T): T[number];
  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string;
}

export function randomOf(seed: string): Random {
  let state = hashOf(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    between,
    chance: (percent) => next() * 100 < percent,
    pick: (choices) => choices[between(0, choices.length - 1)] ?? choices[0],
    hex: (length) => Array.from({ length }, () => between(0, 15).toString(16)).join(''),
  };
}

/** FNV-1a, 32 bit. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash | 0;
}
