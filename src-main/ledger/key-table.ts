/**
 * Finds rows by number, by a part of their key that is as good as random. Open addressing in one array: a Map of as many
 * numbers would be most of what the garbage collector has to do in a scan.
 */
export interface KeyTable {
  /** Tries the numbers whose part of the key might be this one until `isIt` says so; -1 where none is. */
  find(part: number, isIt: (number: number) => boolean): number;
  add(part: number, number: number): void;
}

export interface KeyTableOptions {
  /** How many are in use at once, at most. */
  readonly most: number;
  /** Numbers below it are forgotten: they rise, and so does this. */
  readonly first: () => number;
  readonly partOf: (number: number) => number;
}

const empty = -1;

export function createKeyTable({ most, first, partOf }: KeyTableOptions): KeyTable {
  const size = 2 ** Math.ceil(Math.log2(most * 4));
  const slots = new Int32Array(size).fill(empty);
  const mask = size - 1;
  let filled = 0;

  const put = (part: number, number: number): void => {
    let slot = part & mask;
    while (slots[slot] !== empty) slot = (slot + 1) & mask;
    slots[slot] = number;
    filled++;
  };

  const forget = (): void => {
    const from = first();
    const kept = slots.filter((number) => number >= from);
    slots.fill(empty);
    filled = 0;
    for (const number of kept) put(partOf(number), number);
  };

  return {
    find(part, isIt) {
      const from = first();
      for (let slot = part & mask; ; slot = (slot + 1) & mask) {
        const number = slots[slot] ?? empty;
        if (number === empty) return -1;
        if (number >= from && isIt(number)) return number;
      }
    },
    add(part, number) {
      if (filled >= size / 2) forget();
      put(part, number);
    },
  };
}
