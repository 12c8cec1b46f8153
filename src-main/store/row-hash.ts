/** What a hash begins with. */
export const hashSeed = 0x811c9dc5;

/** One step: for a fixed `hash` every word gives another result and the other way round, so one changed word is always found. */
function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x01000193);
  return (mixed << 13) | (mixed >>> 19);
}

/** Mixes in a whole number up to 2^53, whatever its sign. */
export function mixInteger(hash: number, value: number): number {
  return mix(mix(hash, value | 0), Math.floor(value / 4_294_967_296));
}

/** Mixes in a text; none is another thing than the empty one. */
export function mixText(hash: number, text: string | null): number {
  if (text === null) return mix(hash, -1);
  let mixed = mix(hash, text.length);
  for (let i = 0; i < text.length; i++) mixed = mix(mixed, text.charCodeAt(i));
  return mixed;
}

export function mixValue(hash: number, value: number | string | null): number {
  return typeof value === 'number' ? mixInteger(hash, value) : mixText(hash, value);
}

/** 32 bits over the values in order: any single flipped bit changes them, and of other damage all but one in 2^32. */
export function hashOf(values: readonly (number | string | null)[]): number {
  return values.reduce<number>(mixValue, hashSeed) >>> 0;
}
