/**
 * Counts how often a key was seen in one file: 1 for the first time. Keeps 53-bit hashes in one typed array
 * (16 MB for a million keys); two keys that share a hash get numbers as if they were equal, which keeps them apart.
 */
export function openOccurrences(): (key: string) => number {
  let slots = new Float64Array(1024);
  let used = 0;
  const repeats = new Map<number, number>();

  function insert(into: Float64Array, hash: number): boolean {
    const mask = into.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      if (into[at] === hash) return false;
      if (into[at] !== 0) continue;
      into[at] = hash;
      return true;
    }
  }

  function grow(): void {
    const larger = new Float64Array(slots.length * 2);
    for (const hash of slots) if (hash !== 0) insert(larger, hash);
    slots = larger;
  }

  return (key) => {
    const hash = hash53(key) || 1;
    if (insert(slots, hash)) {
      if (++used * 2 > slots.length) grow();
      return 1;
    }
    const count = (repeats.get(hash) ?? 1) + 1;
    repeats.set(hash, count);
    return count;
  };
}

/** cyrb53 (public domain): two multiplied lanes, 53 bits. */
function hash53(text: string): number {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 2654435761);
    high = Math.imul(high ^ code, 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return 4294967296 * (2097151 & high) + (low >>> 0);
}
