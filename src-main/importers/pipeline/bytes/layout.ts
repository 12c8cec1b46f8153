/** Where things stand in the memory that the program and its callers share. All are addresses or sizes in bytes. */
export const places = {
  /** Four tables of 16: in which needles a byte can be the first or second to look for, by its lower and upper half. */
  needleTables: 0,
  /** Needles: 16 bytes, a mask of 16 bytes, the length, the probe. */
  needles: 64,
  needleCount: 448,
  /** What each byte can be in JSON: see `classes`. */
  classes: 512,
  /** Sixteen times 255, then sixteen times 0: read from the right place, the mask of the first so many bytes. */
  masks: 768,
  found: 832,
  slots: 1024,
  kept: 3072,
  nodes: 11_264,
  names: 15_360,
  block: 20_480,
} as const;

/** Read past the end of what is looked at. */
export const padding = 64;

export const classes = { escape: 1, hex: 2 } as const;

/** What `nextLine` found. */
export const found = { start: 0, end: 4, lines: 8 } as const;

/** `probe`: where in the needle the two bytes stand that it is found by. */
export const needle = { mask: 16, length: 32, probe: 36, size: 48 } as const;
export const mostNeedles = 8;
export const longestNeedle = 16;

/** A wanted field: what the last line had there, and its last text, whose version is another one with each change. */
export const slot = {
  kind: 0,
  start: 4,
  end: 8,
  keptLength: 12,
  number: 16,
  kept: 24,
  version: 28,
  size: 32,
} as const;
export const mostSlots = 64;
export const keptBytes = 128;

/** Kinds of a field's value. A text with escapes, any number but a plain whole one, and lists are left to JSON.parse. */
export const kinds = {
  absent: 0,
  text: 1,
  whole: 2,
  true: 3,
  false: 4,
  null: 5,
  /** An object whose own fields are wanted. */
  object: 6,
  json: 7,
} as const;

/** The wanted names of one object, by a small hash; names of one hash are a chain. */
export const node = { chains: 64, size: 256 } as const;
export const mostNodes = 16;
export const name = { next: 0, length: 4, slot: 8, node: 12, bytes: 16, size: 64 } as const;
export const longestName = 32;

export const deepest = 60;
